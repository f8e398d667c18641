//! A process under test, its requests and its pictures.

use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Says aloud that a test was not run, unless nothing may be left out.
fn skip() {
    assert!(
        std::env::var_os("YIZHAN_NO_SKIP").is_none(),
        "YIZHAN_NO_SKIP is set, but there is no driver of Vulkan"
    );
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(
        std::io::stderr(),
        "skipped: poster {name} (no driver of Vulkan; install mesa-vulkan-drivers)"
    );
}

fn have_driver() -> bool {
    let drivers = Path::new("/usr/share/vulkan/icd.d").read_dir().into_iter().flatten().flatten();
    let mut names = drivers.map(|driver| driver.file_name());
    std::env::var_os("VK_ICD_FILENAMES").is_some()
        || names.any(|n| n.to_string_lossy().starts_with("lvp_icd."))
}

/// The program, to be started with flags; `None`, which it says aloud, where it cannot draw.
pub(crate) fn program() -> Option<Command> {
    if have_driver() {
        Some(Command::new(env!("CARGO_BIN_EXE_yizhan-poster")))
    } else {
        skip();
        None
    }
}

/// A process that waits for requests.
pub(crate) struct Poster {
    child: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
}

/// A picture of three bytes a pixel.
pub(crate) struct Picture {
    size: u32,
    pixels: Vec<u8>,
}

/// `#RRGGBB`.
pub(crate) const WHITE: &str = "#FFFFFF";

impl Poster {
    /// Starts the program with flags.
    pub(crate) fn start(flags: &[&str]) -> Option<Self> {
        let mut program = program()?;
        program.args(flags).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().expect("the program starts");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("its output"));
        Some(Self { child, input, output })
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Writes bytes to its input.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("it reads");
    }

    /// The next answer: a file of PNG, or what is wrong.
    pub(crate) fn answer(&mut self) -> Result<Vec<u8>, String> {
        let mut head = [0; 5];
        self.output.read_exact(&mut head).expect("an answer");
        let [kind, length @ ..] = head;
        let mut body = vec![0; usize::try_from(u32::from_be_bytes(length)).expect("a length")];
        self.output.read_exact(&mut body).expect("the whole answer");
        assert!(kind <= 1, "an answer of the kind {kind}");
        if kind == 0 { Ok(body) } else { Err(String::from_utf8(body).expect("an error in UTF-8")) }
    }

    /// Asks for a picture.
    pub(crate) fn draw(&mut self, size: u32, layers: &[(&str, &str)], tile: &[u8]) -> Picture {
        self.write(&request(size, layers, tile));
        Picture::decode(&self.answer().expect("a picture"))
    }

    /// Ends its input; its exit code, and what it wrote that nobody has read.
    pub(crate) fn end(mut self) -> (Option<i32>, Vec<u8>) {
        self.input = None;
        let mut rest = Vec::new();
        self.output.read_to_end(&mut rest).expect("its output ends");
        (self.child.wait().expect("it ends").code(), rest)
    }
}

impl Drop for Poster {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A line and a tile.
pub(crate) fn request(size: u32, layers: &[(&str, &str)], tile: &[u8]) -> Vec<u8> {
    let layers: Vec<_> =
        layers.iter().map(|(name, colour)| serde_json::json!({"name": name, "colour": colour})).collect();
    let line = serde_json::json!({"size": size, "tile_bytes": tile.len(), "layers": layers});
    [format!("{line}\n").as_bytes(), tile].concat()
}

impl Picture {
    fn decode(file: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info().expect("a PNG");
        let info = reader.info();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        assert_eq!(info.width, info.height);
        let size = info.width;
        let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
        reader.next_frame(&mut pixels).expect("a whole PNG");
        Self { size, pixels }
    }

    /// Its width and height in pixels.
    pub(crate) fn size(&self) -> u32 {
        self.size
    }

    /// The colour of a pixel, as `#RRGGBB`.
    pub(crate) fn at(&self, x: u32, y: u32) -> String {
        assert!(x < self.size && y < self.size, "{x}, {y} is outside the picture");
        let at = 3 * (y * self.size + x) as usize;
        self.pixels[at..at + 3].iter().fold("#".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02X}");
            text
        })
    }

    /// The colour at a place in the tile's units.
    pub(crate) fn at_place(&self, [x, y]: [u32; 2]) -> String {
        self.at(x * self.size / 4096, y * self.size / 4096)
    }

    /// Whether all of it has one colour.
    pub(crate) fn is_all(&self, colour: &str) -> bool {
        (0..self.size).all(|y| (0..self.size).all(|x| self.at(x, y) == colour))
    }
}
