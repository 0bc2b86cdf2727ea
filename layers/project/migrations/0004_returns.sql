-- Schema 4: what was issued to the field, and what came back.

-- A list as it went out. key: what the workbook's sheet _meta and field/export.json carry.
CREATE TABLE exports (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    batch INTEGER NOT NULL REFERENCES batches (id),
    run INTEGER NOT NULL REFERENCES runs (id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    rows INTEGER NOT NULL,
    files TEXT NOT NULL
);
-- The field's columns as they stood in it, by key, empty ones left out: the base that a return is compared with.
CREATE TABLE export_rows (
    export INTEGER NOT NULL REFERENCES exports (id),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    issued TEXT NOT NULL,
    PRIMARY KEY (export, case_id)
) WITHOUT ROWID;

-- A file that came back, with what became of it; the file itself stands in return_files, unchanged.
CREATE TABLE returns (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    export INTEGER REFERENCES exports (id),
    prefer TEXT NOT NULL,
    rows INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    conflicting INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    unmatched INTEGER NOT NULL,
    photos INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE return_files (
    return_id INTEGER NOT NULL REFERENCES returns (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (return_id, place)
);
-- Every field that came back with another value than was issued or stands in the ledger.
CREATE TABLE return_fields (
    return_id INTEGER NOT NULL REFERENCES returns (id),
    case_id INTEGER NOT NULL REFERENCES cases (id),
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    base TEXT,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    fate TEXT NOT NULL,
    taken INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (return_id, case_id, field)
) WITHOUT ROWID;
CREATE INDEX return_fields_by_case ON return_fields (case_id);
-- Rows with answers that met no case, or a case that they do not fit.
CREATE TABLE return_left (
    return_id INTEGER NOT NULL REFERENCES returns (id),
    row INTEGER NOT NULL,
    place TEXT NOT NULL,
    number TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (return_id, row)
) WITHOUT ROWID;

-- Photographs that came with a return, by their hash; the files stay where the office keeps them.
CREATE TABLE photos (
    id INTEGER PRIMARY KEY,
    return_id INTEGER NOT NULL REFERENCES returns (id),
    case_id INTEGER REFERENCES cases (id),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    matched_by TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    longitude REAL,
    latitude REAL,
    direction_deg REAL,
    distance_m REAL,
    faults TEXT NOT NULL
);
CREATE INDEX photos_by_case ON photos (case_id);
CREATE INDEX photos_by_hash ON photos (sha256);
