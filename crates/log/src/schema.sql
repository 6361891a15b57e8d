-- Version 1. Everything that records share is kept once and referred to by number. Verification compares the tables of a file
-- with this text, comments between columns included: whoever changes it makes another version.
CREATE TABLE contexts (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,    -- of text
    text TEXT NOT NULL              -- lists, policy, engine: no personal data
);
CREATE TABLE headings (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,    -- of text
    text TEXT NOT NULL              -- action, actor, context, request
);
CREATE INDEX headings_by_action ON headings (json_extract(text, '$.action'));
CREATE INDEX headings_by_request ON headings (json_extract(text, '$.request'));
CREATE INDEX headings_by_request_sha256 ON headings (json_extract(text, '$.request_sha256'));
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE
);
-- Personal data. A customer's equal parts are kept once, however often they are screened.
CREATE TABLE parts (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL,           -- of salt and text: this stays
    key BLOB UNIQUE,                -- finds the part while it is there
    salt BLOB,
    text TEXT,
    erased INTEGER                  -- the record that says why
);
CREATE TABLE records (
    sequence INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,          -- microseconds since 1970, UTC
    heading INTEGER NOT NULL,
    customer INTEGER,
    subject INTEGER,
    details INTEGER,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL            -- of the hash before and the canonical record
);
CREATE INDEX records_by_heading ON records (heading);
CREATE INDEX records_by_customer ON records (customer) WHERE customer IS NOT NULL;
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,      -- of the last record
    time INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    purged INTEGER NOT NULL,        -- the last record that was purged
    purged_sha256 BLOB NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, zeroblob(32), 0, zeroblob(32));
