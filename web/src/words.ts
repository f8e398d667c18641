// Everything the script says by itself, in both languages. What the server writes is in its own dictionary.

/** The sentences of one language. */
export interface Words {
  finding: string;
  findingReason: string;
  stopFinding: string;
  refusedTitle: string;
  refused: string;
  noPositionTitle: string;
  noPosition: string;
  offlineTitle: string;
  offline: (time: string) => string;
  faultTitle: string;
  fault: string;
  tryAgain: string;
  staleTitle: string;
  stale: (time: string) => string;
  /** By the shape of the door. */
  states: Readonly<Record<string, string>>;
  copied: string;
  notCopied: string;
  toList: string;
  searchHere: string;
  zoomIn: string;
  zoomOut: string;
}

const zh: Words = {
  finding: "正在找您附近的驿站",
  findingReason: "大概位置就够了。位置只用于这次查找，不保存。",
  stopFinding: "不等了，自己选",
  refusedTitle: "选一个地方，一样能找",
  refused: "手机没有允许定位。不用改设置，选一个区县，或者在地图上点一下。",
  noPositionTitle: "没有定到位",
  noPosition: "等了 8 秒没有结果。选一个区县，或者在地图上点一下。",
  offlineTitle: "没有网",
  offline: (time) => `下面是 ${time} 的结果，之后可能有变。`,
  faultTitle: "没查到，是我们的问题",
  fault: "服务器没有回应。您没有做错什么，过一会儿再试。",
  tryAgain: "再试一次",
  staleTitle: "结果有点旧了",
  stale: (time) => `下面是 ${time} 的结果。`,
  states: {
    open: "开放中",
    soon: "快关门",
    notice: "临时关门",
    unknown: "未知",
    closed: "没开",
    suspended: "暂停开放",
  },
  copied: "已复制，到地图里粘贴",
  notCopied: "复制不了，请长按地址",
  toList: "看列表",
  searchHere: "在这里找",
  zoomIn: "放大",
  zoomOut: "缩小",
};

const en: Words = {
  finding: "Looking for stations near you",
  findingReason: "A rough position will do. It is used for this search only and not kept.",
  stopFinding: "Stop waiting, let me choose",
  refusedTitle: "Choose a place instead",
  refused: "The phone did not allow its position. Choose a district, or tap the map.",
  noPositionTitle: "No position found",
  noPosition: "Nothing came within 8 seconds. Choose a district, or tap the map.",
  offlineTitle: "No network",
  offline: (time) => `These are the results of ${time}; they may have changed since.`,
  faultTitle: "We could not look that up",
  fault: "The server did not answer. The fault is ours; please try again in a moment.",
  tryAgain: "Try again",
  staleTitle: "These results are a little old",
  stale: (time) => `They are from ${time}.`,
  states: {
    open: "Open",
    soon: "Closes soon",
    notice: "Closed for now",
    unknown: "Unknown",
    closed: "Closed",
    suspended: "Suspended",
  },
  copied: "Copied; paste it into your map",
  notCopied: "Could not copy; press and hold the address",
  toList: "List",
  searchHere: "Search here",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
};

/** The sentences for a page's language. */
export function wordsFor(language: string): Words {
  return language.startsWith("en") ? en : zh;
}
