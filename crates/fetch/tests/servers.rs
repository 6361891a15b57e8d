//! Encrypted connections, and redirects, against servers on this machine. What servers do wrong otherwise is
//! tested through the command, in `crates/cli/tests/update.rs`.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tamis_fetch::{Address, Answer, Download, Error, ErrorKind, Fetcher, Settings, Validators};

/// Answers every request with `answer`; the address.
fn serve(answer: String, wrap: impl Fn(TcpStream) -> Box<dyn Stream> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answer = answer.replace("{address}", &address);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(wrap(stream));
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            // Whoever refuses the certificate is gone by now.
            let _ = reader.get_mut().write_all(answer.as_bytes());
            let _ = reader.get_mut().flush();
        }
    });
    address
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

const FILE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: \"a\"\r\nConnection: close\r\n\r\nlist";

/// An encrypted server with a certificate of its own root; the address and the root as PEM.
fn encrypted(answer: &str) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let mut root = CertificateParams::default();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(root, key).unwrap();
    let server_key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let server = server.signed_by(&server_key, &root).unwrap();
    let key = PrivateKeyDer::try_from(server_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![server.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let wrap = move |stream| -> Box<dyn Stream> {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        Box::new(StreamOwned::new(connection, stream))
    };
    (serve(answer.to_owned(), wrap), root.pem())
}

fn plain(answer: &str) -> String {
    serve(answer.to_owned(), |stream| Box::new(stream))
}

fn get(address: &str, settings: &Settings) -> Result<Answer, Error> {
    let address = Address::parse(address, settings.allow_http)?;
    let fetcher = Fetcher::new(settings)?;
    fetcher.get(&address, &Validators::default(), &mut |_| ())
}

fn settings(root: &str) -> Settings {
    Settings {
        certificates: Some(root.as_bytes().to_vec()),
        timeout: Duration::from_secs(20),
        ..Settings::default()
    }
}

fn file() -> Answer {
    Answer::File(Download {
        bytes: b"list".to_vec(),
        validators: Validators {
            etag: Some("\"a\"".to_owned()),
            last_modified: None,
        },
    })
}

#[test]
fn a_server_with_the_right_certificate_is_believed() {
    let (address, root) = encrypted(FILE);
    assert_eq!(
        get(&format!("https://{address}/a"), &settings(&root)).unwrap(),
        file()
    );
}

#[test]
fn a_server_with_another_certificate_is_not() {
    let (address, root) = encrypted(FILE);
    let (_, other) = encrypted(FILE);
    let wrong_name = address.replace("127.0.0.1", "localhost");
    for (address, settings) in [
        (&address, settings(&other)),
        (&address, Settings::default()),
        (&wrong_name, settings(&root)),
    ] {
        let error = get(&format!("https://{address}/a"), &settings).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Tls { .. }), "{error}");
        assert_eq!(error.attempts(), 1, "a wrong certificate stays wrong");
    }
}

#[test]
fn a_redirect_never_leaves_encryption() {
    let unencrypted = plain(FILE);
    let to = format!("HTTP/1.1 302 Found\r\nLocation: http://{unencrypted}/a\r\nContent-Length: 0\r\n\r\n");
    let (address, root) = encrypted(&to);
    // Not even to this machine, and not even where http is allowed.
    let settings = Settings {
        allow_http: true,
        ..settings(&root)
    };
    let error = get(&format!("https://{address}/a"), &settings).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::RedirectedTo { .. }), "{error}");
}

#[test]
fn a_redirect_is_followed_to_where_files_may_come_from() {
    let target = plain(FILE);
    let redirect = |to: &str| {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        format!("http://{}/a", plain(&answer))
    };
    let settings = Settings::default();
    assert_eq!(
        get(&redirect(&format!("http://{target}/b")), &settings).unwrap(),
        file()
    );
    // Every address of this machine leads there, and only those of the loopback are taken for it.
    let elsewhere = format!("http://{}/b", target.replace("127.0.0.1", "0.0.0.0"));
    let error = get(&redirect(&elsewhere), &settings).unwrap_err();
    let refused = matches!(error.kind(), ErrorKind::RedirectedTo { .. });
    assert!(refused || cfg!(not(target_os = "linux")), "{error}");
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let with = |certificates: &str| settings(certificates);
    let key = KeyPair::generate().unwrap().serialize_pem();
    let proxy = Settings {
        proxy: tamis_fetch::Proxy::At("::".to_owned()),
        ..Settings::default()
    };
    let agent = Settings {
        user_agent: "a\nb".to_owned(),
        ..Settings::default()
    };
    for settings in [with(""), with("no certificate"), with(&key), proxy, agent] {
        let error = Fetcher::new(&settings).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Settings { .. }), "{error}");
    }
}
