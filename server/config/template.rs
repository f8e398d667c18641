//! The address of a tile with its placeholders `{z} {x} {y} {s}`.

/// The most characters of an address.
const MOST_CHARACTERS: usize = 2_000;

/// An address as the operator wrote it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template<'a>(pub(super) &'a str);

impl Template<'_> {
    /// What is wrong with it, and the remedy.
    pub(super) fn check(self, subdomains: &[String]) -> Result<(), String> {
        let url = self.0;
        if url.len() > MOST_CHARACTERS || !url.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(format!("at most {MOST_CHARACTERS} characters, none of them blank or beyond ASCII"));
        }
        if let Some(other) = self.placeholders().find(|name| !["z", "x", "y", "s"].contains(name)) {
            return Err(format!(
                "{{{other}}} is not filled in; write its value, only {{z}} {{x}} {{y}} {{s}} are"
            ));
        }
        if let Some(missing) =
            ["z", "x", "y"].into_iter().find(|name| !self.placeholders().any(|p| p == *name))
        {
            return Err(format!("{{{missing}}} is missing; put it where the tile's number belongs"));
        }
        if self.placeholders().any(|name| name == "s") && subdomains.is_empty() {
            return Err("{s} needs map.subdomains, such as [\"t0\", \"t1\"]".to_owned());
        }
        let hosts = self.expanded(subdomains);
        let is_own = |url: &String| url.starts_with('/') && !url.starts_with("//");
        if hosts.iter().all(|url| is_own(url) || Template(url).origin().is_some()) {
            Ok(())
        } else {
            Err("must begin with https:// and a host, or with / for a path of this server".to_owned())
        }
    }

    /// The names in braces.
    fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
    }

    /// The address with each name for `{s}`; itself where it holds none.
    pub(super) fn expanded(self, subdomains: &[String]) -> Vec<String> {
        if !self.0.contains("{s}") {
            return vec![self.0.to_owned()];
        }
        subdomains.iter().map(|name| self.0.replace("{s}", name)).collect()
    }

    /// Scheme and host, where it names another server than this one.
    pub(super) fn origin(self) -> Option<String> {
        let (scheme, rest) = self.0.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
        let is_host = !host.is_empty() && host.len() <= 255 && host.bytes().all(allowed);
        (is_host && ["https", "http"].contains(&scheme)).then(|| format!("{scheme}://{host}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_gives_no_tiles_is_refused_with_the_reason() {
        for (url, told) in [
            ("https://a.example/{z}/{x}.png", "{y} is missing"),
            ("https://a.example/{z}/{x}/{y}?tk={key}", "{key} is not filled in"),
            ("https://a.example/{z}/{x}/{-y}.png", "{-y} is not filled in"),
            ("https://{s}.example/{z}/{x}/{y}.png", "map.subdomains"),
            ("ftp://a.example/{z}/{x}/{y}.png", "https://"),
            ("https://user@a.example/{z}/{x}/{y}.png", "https://"),
            ("//a.example/{z}/{x}/{y}.png", "https://"),
            ("https:///{z}/{x}/{y}.png", "https://"),
            ("https://a.example;script-src/{z}/{x}/{y}.png", "https://"),
            ("https://{z}/{x}/{y}.png", "https://"),
            ("https://a.example/{z}/{x}/{y} .png", "blank"),
        ] {
            let why = Template(url).check(&[]).expect_err(url);
            assert!(why.contains(told), "{url}: {why}");
        }
    }
}
