//! Bytes -> decoded lines, with flat memory: a window over the input that grows to one record at most.

use encoding_rs::{CoderResult, Decoder, Encoding};
use memchr::memchr;
use std::io::{self, ErrorKind, Read};

/// Bytes read at a time, and the length of the sample that detection sees.
const CHUNK: usize = 64 * 1024;

/// Where the next line ends, counted from the start of the window.
pub(crate) enum End {
    /// The line is `..content`; what follows begins at `next`.
    Line { content: usize, next: usize },
    /// The input ends at `content`.
    Input { content: usize },
    /// The line goes past the limit.
    TooLong,
}

/// A window over decoded text.
pub(crate) struct Text<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Decoded text, always valid UTF-8; what lies before `start` is used up.
    text: Vec<u8>,
    start: usize,
    ended: bool,
    terminator: u8,
}

/// The first bytes of an input, before its encoding is known.
pub(crate) struct Sample<R> {
    input: R,
    pub bytes: Vec<u8>,
    /// Whether the sample is the whole input.
    pub whole: bool,
}

impl<R: Read> Sample<R> {
    /// Reads until the sample is full, so that detection never depends on how the input is cut into reads.
    pub fn read(mut input: R) -> io::Result<Sample<R>> {
        let mut bytes = vec![0; CHUNK];
        let mut filled = 0;
        while filled < CHUNK {
            match read(&mut input, &mut bytes[filled..])? {
                0 => break,
                n => filled += n,
            }
        }
        bytes.truncate(filled);
        Ok(Sample {
            input,
            bytes,
            whole: filled < CHUNK,
        })
    }

    /// Starts decoding.
    pub fn decode(self, encoding: &'static Encoding) -> Text<R> {
        let mut text = Text {
            input: self.input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: self.bytes,
            text: Vec::new(),
            start: 0,
            ended: self.whole,
            terminator: b'\n',
        };
        text.decode(text.raw.len(), self.whole);
        text.raw.resize(CHUNK, 0);
        // Files of the old Mac end their lines with a carriage return alone.
        if !text.text.contains(&b'\n') && text.text.contains(&b'\r') {
            text.terminator = b'\r';
        }
        text
    }
}

impl<R: Read> Text<R> {
    /// What the window holds now.
    pub fn window(&self) -> &[u8] {
        self.text.get(self.start..).unwrap_or_default()
    }

    pub fn terminator(&self) -> u8 {
        self.terminator
    }

    /// Whether nothing follows the window.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Moves the start of the window.
    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.text.len());
    }

    /// Finds the end of the line that begins at `from`, reading on as needed, but not past `limit` bytes from
    /// the start of the window.
    pub fn line_end(&mut self, from: usize, limit: usize) -> io::Result<End> {
        let mut scanned = from;
        loop {
            let ahead = self.window().get(scanned..).unwrap_or_default();
            if let Some(at) = memchr(self.terminator, ahead) {
                let content = scanned + at;
                return Ok(match content > limit {
                    true => End::TooLong,
                    false => End::Line {
                        content,
                        next: content + 1,
                    },
                });
            }
            scanned = self.window().len();
            if scanned > limit {
                return Ok(End::TooLong);
            }
            if !self.fill()? {
                return Ok(End::Input { content: scanned });
            }
        }
    }

    /// Skips the rest of a line without keeping it: its length, and whether a line end closed it.
    pub fn discard_line(&mut self) -> io::Result<(u64, bool)> {
        let mut skipped = 0;
        loop {
            let window = self.window();
            if let Some(at) = memchr(self.terminator, window) {
                self.consume(at + 1);
                return Ok((skipped + at as u64, true));
            }
            skipped += window.len() as u64;
            self.consume(window.len());
            if !self.fill()? {
                return Ok((skipped, false));
            }
        }
    }

    /// Reads one more piece; `false` at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start >= CHUNK || self.start == self.text.len() {
            self.text.drain(..self.start);
            self.start = 0;
        }
        let bytes = read(&mut self.input, &mut self.raw)?;
        self.ended = bytes == 0;
        self.decode(bytes, self.ended);
        Ok(true)
    }

    /// Appends the decoded form of `raw[..bytes]`. What cannot be decoded becomes U+FFFD, which the readers
    /// above never let pass in a field that is screened.
    fn decode(&mut self, bytes: usize, last: bool) {
        let mut source = self.raw.get(..bytes).unwrap_or_default();
        loop {
            let at = self.text.len();
            let room = self.decoder.max_utf8_buffer_length(source.len());
            self.text.resize(at + room.unwrap_or(4 * CHUNK).max(16), 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.text[at..], last);
            self.text.truncate(at + written);
            source = source.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

fn read<R: Read>(input: &mut R, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
