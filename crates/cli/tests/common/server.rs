//! A server on this machine that serves lists, and misbehaves as it is told to.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How an answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At once; then the connection is closed.
    AtOnce,
    /// A byte now and then.
    Dripping,
    /// The head, and the body over and over.
    Endless,
    /// Not at all, while the connection stays open.
    Never,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status line and headers, without the empty line.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
    /// How it is sent.
    pub pace: Pace,
}

impl Reply {
    /// An answer with this status line, these headers and a body of the right length.
    pub fn new(status: &str, headers: &[&str], body: impl Into<Vec<u8>>) -> Reply {
        let body = body.into();
        let mut lines = vec![
            format!("HTTP/1.1 {status}"),
            format!("Content-Length: {}", body.len()),
        ];
        lines.extend(headers.iter().map(|header| (*header).to_owned()));
        Reply {
            head: lines.join("\r\n"),
            body,
            pace: Pace::AtOnce,
        }
    }

    /// A file with an `ETag`.
    pub fn file(body: impl Into<Vec<u8>>, etag: &str) -> Reply {
        Reply::new("200 OK", &[&format!("ETag: \"{etag}\"")], body)
    }

    /// The same with another head.
    pub fn with_head(self, head: &str) -> Reply {
        Reply {
            head: head.replace('\n', "\r\n"),
            ..self
        }
    }

    /// The same at another pace.
    pub fn at(self, pace: Pace) -> Reply {
        Reply { pace, ..self }
    }

    /// Whether the client has this version already.
    fn is_known(&self, request: &str) -> bool {
        let etag = self.head.lines().find_map(|line| line.strip_prefix("ETag: "));
        let asked = request.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("if-none-match").then_some(value)
        });
        etag.is_some() && etag == asked
    }
}

/// What a path answers: these in turn, the last of them for ever.
type Replies = HashMap<String, Vec<Reply>>;

/// The server; it lives until the tests end.
pub struct Server {
    base: String,
    replies: Arc<Mutex<Replies>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server without files.
    pub fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            base: format!("http://{}", listener.local_addr().unwrap()),
            replies: Arc::default(),
            requests: Arc::default(),
        };
        let (replies, requests) = (Arc::clone(&server.replies), Arc::clone(&server.requests));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (replies, requests) = (Arc::clone(&replies), Arc::clone(&requests));
                // A client that goes away is none of the server's business.
                thread::spawn(move || drop(answer(&stream, &replies, &requests)));
            }
        });
        server
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Sets what a path answers.
    pub fn set(&self, path: &str, replies: Vec<Reply>) {
        self.replies.lock().unwrap().insert(path.to_owned(), replies);
    }

    /// The requests so far, which are forgotten.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

fn answer(stream: &TcpStream, replies: &Mutex<Replies>, requests: &Mutex<Vec<String>>) -> io::Result<()> {
    let request = read(stream)?;
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let reply = next(&mut replies.lock().unwrap(), &path);
    requests.lock().unwrap().push(request.clone());
    match reply.is_known(&request) {
        true => send(stream, &Reply::new("304 Not Modified", &[], "")),
        false => send(stream, &reply),
    }
}

fn next(replies: &mut Replies, path: &str) -> Reply {
    match replies.get_mut(path) {
        Some(replies) if replies.len() > 1 => replies.remove(0),
        Some(replies) => replies[0].clone(),
        None => Reply::new("404 Not Found", &[], "not here"),
    }
}

fn read(stream: &TcpStream) -> io::Result<String> {
    let mut request = String::new();
    let mut reader = BufReader::new(stream);
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request)? == 0 {
            break;
        }
    }
    Ok(request)
}

fn send(mut stream: &TcpStream, reply: &Reply) -> io::Result<()> {
    let head = match reply.head.is_empty() {
        true => String::new(),
        false => format!("{}\r\nConnection: close\r\n\r\n", reply.head),
    };
    match reply.pace {
        Pace::Never => {
            thread::sleep(Duration::from_secs(60));
            Ok(())
        }
        Pace::AtOnce => stream.write_all(&[head.as_bytes(), &reply.body].concat()),
        Pace::Endless => {
            stream.write_all(head.as_bytes())?;
            loop {
                stream.write_all(&reply.body)?;
            }
        }
        Pace::Dripping => {
            stream.write_all(head.as_bytes())?;
            for byte in &reply.body {
                stream.write_all(&[*byte])?;
                thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        }
    }
}
