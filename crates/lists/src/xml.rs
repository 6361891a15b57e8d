//! XML as lists use it: one element for each entry, read one at a time into a small tree.
//!
//! Refused: a document type declaration (no list has one, and entities defined in it are an old attack),
//! references to unknown entities, and nesting or texts beyond what any list needs.

use crate::file::newlines;
use crate::{Error, ErrorKind, File};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Official lists nest seven deep.
const MAX_DEPTH: usize = 32;
/// Bytes of one entry: texts, names, and what each element takes in memory besides; the largest real one has below 40,000.
const MAX_ENTRY: usize = 4 * 1024 * 1024;
const ELEMENT: usize = 64;
/// Bytes of one tag: the attributes of a tag are compared with each other.
const MAX_TAG: usize = 64 * 1024;

/// An element with its text and its children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// The local name, without namespace prefix.
    pub name: String,
    /// The line it begins at.
    pub line: u64,
    pub text: String,
    /// Name and value, in order, without declarations of namespaces.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Node {
    /// The text with its line breaks and indents as single spaces, `None` when there is none.
    pub(crate) fn words(&self) -> Option<String> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// An attribute with its spaces as in [`Node::words`], `None` when it is missing or empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(own, _)| own == name)?;
        let words: Vec<&str> = value.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of that name.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.child(name).and_then(Node::words)
    }
}

/// What a list's XML consists of, in order.
pub(crate) enum Part {
    /// The root has been opened: its attributes.
    Root(Vec<(String, String)>),
    /// A wrapper has been opened: its name.
    Section(String),
    /// A whole element of one of the names asked for.
    Element(Node),
}

/// Reads an XML file, calling `each` for the root and for every element that is named in `wanted`.
///
/// Elements above the wanted ones are passed through. Text there, or an element beside the wanted ones that is
/// not one of `wrappers`, would be content that nobody reads, and is an error.
pub(crate) fn read(
    file: &File,
    root: &str,
    wrappers: &[&str],
    wanted: &[&str],
    mut each: impl FnMut(Part) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut walk = Walk::new(file)?;
    while let Some(part) = walk.next(root, wrappers, wanted)? {
        each(part)?;
    }
    Ok(())
}

/// What [`scan`] comes by.
pub(crate) enum Token<'t> {
    /// An element begins: its local name and its attributes.
    Open(&'t str, &'t [(String, String)]),
    Text(&'t str),
    /// An element ends.
    Close(&'t str),
}

/// Walks an XML file that is no list of elements, token by token, with the refusals of [`read`].
pub(crate) fn scan(file: &File, mut each: impl FnMut(Token<'_>) -> Result<(), Error>) -> Result<(), Error> {
    let mut walk = Walk::new(file)?;
    loop {
        let event = walk.event()?;
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let name = local(start);
                each(Token::Open(&name, &walk.attributes(start)?))?;
                if matches!(event, Event::Empty(_)) {
                    each(Token::Close(&name))?;
                } else {
                    walk.open.push(name);
                }
                if walk.open.len() > MAX_DEPTH {
                    let (what, limit) = ("the nesting", MAX_DEPTH);
                    return Err(walk.error(ErrorKind::Limit { what, limit }));
                }
                walk.rooted = true;
            }
            Event::End(_) => {
                let name = walk.open.pop().unwrap_or_default();
                each(Token::Close(&name))?;
            }
            Event::Text(text) => each(Token::Text(&text.xml10_content()))?,
            Event::CData(text) => each(Token::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let c = walk.reference(&reference)?;
                each(Token::Text(c.encode_utf8(&mut [0; 4])))?;
            }
            Event::DocType(_) => return Err(walk.error(ErrorKind::Doctype)),
            Event::Decl(ref declaration) => walk.encoding(declaration)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if walk.open.is_empty() && walk.rooted => return Ok(()),
            Event::Eof => return Err(walk.cut()),
        }
    }
}

struct Walk<'a> {
    file: &'a File,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Up to where lines have been counted, and the line there.
    at: usize,
    line: u64,
    /// The wrappers that are open, the root first.
    open: Vec<String>,
    rooted: bool,
}

impl<'a> Walk<'a> {
    fn new(file: &'a File) -> Result<Walk<'a>, Error> {
        let text = file.utf8()?;
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Ok(Walk {
            file,
            text,
            reader,
            at: 0,
            line: 1,
            open: Vec::new(),
            rooted: false,
        })
    }

    fn next(&mut self, root: &str, wrappers: &[&str], wanted: &[&str]) -> Result<Option<Part>, Error> {
        loop {
            let event = self.event()?;
            match event {
                Event::Start(ref start) | Event::Empty(ref start) => {
                    let empty = matches!(event, Event::Empty(_));
                    let name = local(start);
                    if self.open.is_empty() {
                        return self.root(root, start, empty).map(Some);
                    }
                    if wanted.contains(&name.as_str()) {
                        let node = self.node(start)?;
                        let node = if empty { node } else { self.element(node)? };
                        return Ok(Some(Part::Element(node)));
                    }
                    if !wrappers.contains(&name.as_str()) {
                        return Err(self.unknown(name));
                    }
                    if !empty {
                        self.open.push(name.clone());
                    }
                    return Ok(Some(Part::Section(name)));
                }
                Event::End(_) => {
                    self.open.pop();
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(self.broken("text outside of the entries".to_owned()));
                }
                Event::DocType(_) => return Err(self.error(ErrorKind::Doctype)),
                Event::Decl(ref declaration) => self.encoding(declaration)?,
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() && self.rooted => return Ok(None),
                Event::Eof => return Err(self.cut()),
            }
        }
    }

    fn root(&mut self, root: &str, start: &BytesStart<'_>, empty: bool) -> Result<Part, Error> {
        let name = local(start);
        if name != root || self.rooted {
            let found = format!("this has the root <{name}>");
            return Err(self.error(ErrorKind::WrongFormat {
                found,
                expected: format!("<{root}>"),
            }));
        }
        self.rooted = true;
        if !empty {
            self.open.push(name);
        }
        Ok(Part::Root(self.attributes(start)?))
    }

    /// An element without its content.
    fn node(&mut self, start: &BytesStart<'_>) -> Result<Node, Error> {
        Ok(Node {
            name: local(start),
            line: self.here(),
            attributes: self.attributes(start)?,
            ..Node::default()
        })
    }

    fn attributes(&mut self, start: &BytesStart<'_>) -> Result<Vec<(String, String)>, Error> {
        if start.len() > MAX_TAG {
            let (what, limit) = ("one tag", MAX_TAG);
            return Err(self.error(ErrorKind::Limit { what, limit }));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.broken(e.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|e| self.broken(e.to_string()))?;
            let name: &str = attribute.key.local_name().into_inner();
            attributes.push((name.to_owned(), value.into_owned()));
        }
        Ok(attributes)
    }

    /// Reads the content of an element up to its end.
    fn element(&mut self, node: Node) -> Result<Node, Error> {
        let mut size = 0;
        let mut stack = vec![node];
        loop {
            match self.event()? {
                Event::Start(start) => {
                    if stack.len() + self.open.len() >= MAX_DEPTH {
                        return Err(self.error(ErrorKind::Limit {
                            what: "the nesting",
                            limit: MAX_DEPTH,
                        }));
                    }
                    stack.push(self.node(&start)?);
                    size += start.len() + ELEMENT;
                }
                Event::Empty(start) => {
                    let child = self.node(&start)?;
                    size += start.len() + ELEMENT;
                    if let Some(parent) = stack.last_mut() {
                        parent.children.push(child);
                    }
                }
                Event::End(_) => {
                    let Some(node) = stack.pop() else {
                        return Err(self.broken("an end without a start".to_owned()));
                    };
                    match stack.last_mut() {
                        Some(parent) => parent.children.push(node),
                        None => return Ok(node),
                    }
                }
                Event::Text(text) => size += append(&mut stack, &text.xml10_content()),
                Event::CData(text) => size += append(&mut stack, &text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = self.reference(&reference)?;
                    size += append(&mut stack, c.encode_utf8(&mut [0; 4]));
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::DocType(_) => return Err(self.error(ErrorKind::Doctype)),
                Event::Decl(_) => return Err(self.broken("a declaration inside an entry".to_owned())),
                Event::Eof => return Err(self.cut()),
            }
            if size > MAX_ENTRY {
                return Err(self.error(ErrorKind::Limit {
                    what: "one entry",
                    limit: MAX_ENTRY,
                }));
            }
        }
    }

    fn event(&mut self) -> Result<Event<'a>, Error> {
        let before = self.position();
        self.reader.read_event().map_err(|error| {
            let ended = matches!(error, quick_xml::Error::Syntax(_));
            let at = self.reader.error_position().max(before as u64);
            let line = self.line_of(usize::try_from(at).unwrap_or(usize::MAX));
            let detail = error.to_string();
            let kind = if ended {
                ErrorKind::Truncated { detail }
            } else {
                ErrorKind::Xml { detail }
            };
            Error::at(self.file.name.as_str(), line, kind)
        })
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let resolved = reference
            .resolve_char_ref()
            .map_err(|e| self.broken(e.to_string()))?;
        let name: &str = reference;
        let named = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        resolved
            .or(named)
            .ok_or_else(|| self.broken(format!("the reference &{name}; is not defined")))
    }

    /// Only UTF-8 (and its subset ASCII) is read; the bytes have been checked to be that.
    fn encoding(&mut self, declaration: &quick_xml::events::BytesDecl<'_>) -> Result<(), Error> {
        let name = declaration
            .encoding()
            .and_then(Result::ok)
            .map(|name| name.to_lowercase());
        match name.as_deref() {
            None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => Ok(()),
            Some(other) => Err(self.error(ErrorKind::NotText {
                detail: format!("its encoding is {other}, not UTF-8"),
            })),
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line that the reader stands at. Lines are counted on from the last call, so all calls together look
    /// at each byte once.
    fn here(&mut self) -> u64 {
        self.line_of(self.position())
    }

    fn line_of(&mut self, position: usize) -> u64 {
        let position = position.min(self.text.len());
        if position > self.at {
            self.line += newlines(self.text.as_bytes().get(self.at..position).unwrap_or_default());
            self.at = position;
        }
        self.line
    }

    fn error(&mut self, kind: ErrorKind) -> Error {
        Error::at(self.file.name.as_str(), self.here(), kind)
    }

    fn broken(&mut self, detail: String) -> Error {
        self.error(ErrorKind::Xml { detail })
    }

    fn unknown(&mut self, element: String) -> Error {
        let parent = self.open.last().cloned().unwrap_or_default();
        self.error(ErrorKind::UnknownElement { element, parent })
    }

    fn cut(&mut self) -> Error {
        let last = self.open.last().map_or("the root", String::as_str);
        let detail = format!("<{last}> is never closed");
        self.error(ErrorKind::Truncated { detail })
    }
}

fn local(start: &BytesStart<'_>) -> String {
    let name: &str = start.local_name().into_inner();
    name.to_owned()
}

fn append(stack: &mut [Node], text: &str) -> usize {
    if let Some(node) = stack.last_mut() {
        node.text.push_str(text);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(xml: &str) -> Result<Vec<Node>, Error> {
        let file = File {
            name: "x.xml".into(),
            bytes: xml.into(),
        };
        let mut nodes = Vec::new();
        read(&file, "r", &["w"], &["e"], |part| {
            if let Part::Element(node) = part {
                nodes.push(node);
            }
            Ok(())
        })?;
        Ok(nodes)
    }

    fn kind(xml: &str) -> ErrorKind {
        elements(xml).unwrap_err().kind().clone()
    }

    #[test]
    fn references_are_joined_to_the_text_around_them() {
        let nodes =
            elements("<r><e><n>A &amp; B &#x41;&#66; &lt;&gt;&quot;&apos; <![CDATA[C & D]]></n></e></r>")
                .unwrap();
        assert_eq!(nodes[0].get("n").as_deref(), Some("A & B AB <>\"' C & D"));
    }

    #[test]
    fn an_unknown_reference_is_an_error_with_its_line() {
        let error = elements("<r>\n<e>\n<n>&bad;</n></e></r>").unwrap_err();
        assert_eq!(error.line(), Some(3));
        assert!(error.to_string().contains("&bad;"), "{error}");
        assert!(matches!(kind("<r><e>&#0;</e></r>"), ErrorKind::Xml { .. }));
    }

    #[test]
    fn attributes_are_read_with_their_references() {
        let xml = r#"<r><e xmlns:p="urn:p" a="A &amp; &quot;B&#x41;" p:b=" 1
 2 " c=""><n a="x"/></e></r>"#;
        let nodes = elements(xml).unwrap();
        let of = |name| nodes[0].attribute(name);
        assert_eq!(of("a").as_deref(), Some("A & \"BA"));
        assert_eq!(of("b").as_deref(), Some("1 2"));
        assert_eq!((of("c"), of("d"), of("p")), (None, None, None));
        assert_eq!(nodes[0].children[0].attribute("a").as_deref(), Some("x"));
        for broken in ["a='&bad;'", "a='&#0;'", "a=1", "a='1' a='2'", "a"] {
            let element = format!("<r><e><n {broken}/></e></r>");
            assert!(matches!(kind(&element), ErrorKind::Xml { .. }), "{broken}");
        }
    }

    #[test]
    fn a_cut_file_is_refused_wherever_it_is_cut() {
        let whole = "<?xml version=\"1.0\"?><r a=\"1\"><w><e><n>é &amp; x</n></e><e/></w></r>";
        assert_eq!(elements(whole).unwrap().len(), 2);
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(elements(&whole[..end]).is_err(), "{}", &whole[..end]);
        }
        assert!(matches!(kind("<r><w><e><n>x</n>"), ErrorKind::Truncated { .. }));
        assert!(matches!(kind("<r><w><e/></w>"), ErrorKind::Truncated { .. }));
    }

    #[test]
    fn doctypes_other_roots_and_stray_content_are_refused() {
        assert_eq!(kind("<!DOCTYPE r [<!ENTITY a \"b\">]><r/>"), ErrorKind::Doctype);
        assert!(matches!(kind("<x/>"), ErrorKind::WrongFormat { .. }));
        assert!(matches!(kind("<r/><r/>"), ErrorKind::WrongFormat { .. }));
        assert!(matches!(kind("<r>text</r>"), ErrorKind::Xml { .. }));
        assert!(matches!(
            kind("<r><other/></r>"),
            ErrorKind::UnknownElement { .. }
        ));
        assert!(matches!(kind("<r><e></n></e></r>"), ErrorKind::Xml { .. }));
        assert!(matches!(
            kind("<?xml version='1.0' encoding='UTF-16'?><r/>"),
            ErrorKind::NotText { .. }
        ));
    }

    #[test]
    fn nesting_and_size_have_limits() {
        let deep = format!("<r>{}{}</r>", "<e>".repeat(40), "</e>".repeat(40));
        assert!(matches!(kind(&deep), ErrorKind::Limit { .. }));
        let long = format!("<r><e>{}</e></r>", "x".repeat(MAX_ENTRY + 1));
        assert!(matches!(kind(&long), ErrorKind::Limit { .. }));
        let many = format!("<r><e>{}</e></r>", "<n/>".repeat(MAX_ENTRY / ELEMENT));
        assert!(matches!(kind(&many), ErrorKind::Limit { .. }));
        let attributes: String = (0..10_000).map(|n| format!(" a{n}=''")).collect();
        assert!(matches!(
            kind(&format!("<r><e{attributes}/></r>")),
            ErrorKind::Limit { .. }
        ));
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let nodes = elements("<r>\n\n<e>\n<n/>\n</e>\n<e/></r>").unwrap();
        assert_eq!(nodes.iter().map(|n| n.line).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(nodes[0].children[0].line, 4);
    }
}
