-- Schema 1: what was received (sources, zones, counties, batches), what the runs say of it, the cases, the events.
-- Tables that results.gpkg has as well have its columns, in its order (docs/formats.md). Geometry is EPSG:4490; a
-- table whose features may be areas, lines or points has a geometry column for each, so that QGIS draws them all.
-- A SELECT that gives 0 is a failure of SpatiaLite and stops the migration.

CREATE TABLE project_info (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Everything that changes the ledger, in order; each row's hash covers the row and the hash before it.
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_number TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX events_by_case ON events (case_number) WHERE case_number <> '';

-- A layer as it was read: decisions and counts (report: JSON).
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    file TEXT NOT NULL,
    layer TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    report TEXT NOT NULL
);

CREATE TABLE zone_layers (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE zone_versions (
    id INTEGER PRIMARY KEY,
    layer INTEGER NOT NULL REFERENCES zone_layers (id),
    number INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES sources (id),
    approval TEXT NOT NULL,
    approved TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    features INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL DEFAULT '',
    UNIQUE (layer, number)
);
CREATE TABLE zones (
    id INTEGER PRIMARY KEY,
    zone_version INTEGER NOT NULL REFERENCES zone_versions (id),
    role TEXT, kind TEXT, kind_name TEXT, code TEXT, name TEXT, level TEXT, zone_class TEXT, original_class TEXT,
    version TEXT, approval TEXT, approved TEXT, valid_from TEXT, valid_to TEXT,
    source_file TEXT, source_layer TEXT, source_fid INTEGER,
    received TEXT NOT NULL
);
CREATE INDEX zones_by_version ON zones (zone_version);
SELECT AddGeometryColumn('zones', 'geometry', 4490, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('zones', 'geometry');

CREATE TABLE counties (
    id INTEGER PRIMARY KEY,
    zone_version INTEGER NOT NULL REFERENCES zone_versions (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    city TEXT NOT NULL
);
CREATE INDEX counties_by_version ON counties (zone_version);
SELECT AddGeometryColumn('counties', 'geometry', 4490, 'MULTIPOLYGON', 'XY');

CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    patches INTEGER NOT NULL,
    rejects INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    current_run INTEGER REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE batch_sources (
    batch INTEGER NOT NULL REFERENCES batches (id),
    place INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES sources (id),
    PRIMARY KEY (batch, place)
) WITHOUT ROWID;

-- A patch as received, and what the current run of its batch says of it.
CREATE TABLE patches (
    id INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batches (id),
    run INTEGER REFERENCES runs (id),
    number INTEGER, task_number TEXT, patch_id TEXT, batch TEXT, bucket TEXT, city TEXT, county TEXT,
    county_code TEXT, zone_kind TEXT, zone_name TEXT, level TEXT, zone_class TEXT, original_class TEXT,
    activity_code TEXT, activity TEXT, "change" TEXT, earlier TEXT, later TEXT, judged_on TEXT,
    longitude REAL, latitude REAL, area_m2 REAL, length_m REAL, perimeter_m REAL, covered_m2 REAL, covered_m REAL,
    covered_share REAL, uncovered_m2 REAL, residual REAL, stated_area_m2 REAL, findings INTEGER, certainty TEXT,
    verdict TEXT, verdict_today TEXT, priority INTEGER, rule TEXT, rule_today TEXT, basis TEXT, confidence TEXT,
    duplicate_of INTEGER, duplicate_share REAL, source_file TEXT, source_layer TEXT, source_fid INTEGER,
    geometry_hash TEXT,
    source INTEGER NOT NULL REFERENCES sources (id),
    received TEXT NOT NULL
);
CREATE INDEX patches_by_batch ON patches (batch_id);
CREATE INDEX patches_by_received_id ON patches (patch_id);
SELECT AddGeometryColumn('patches', 'geometry', 4490, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('patches', 'line', 4490, 'MULTILINESTRING', 'XY');
SELECT AddGeometryColumn('patches', 'point', 4490, 'MULTIPOINT', 'XY');
SELECT CreateSpatialIndex('patches', 'geometry');
SELECT CreateSpatialIndex('patches', 'line');
SELECT CreateSpatialIndex('patches', 'point');

-- run: of the current run of a batch; source: of the reading (then run is empty), kept for every run.
CREATE TABLE rejects (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (id),
    role TEXT, source_file TEXT, source_layer TEXT, source_fid INTEGER, code TEXT, reason_zh TEXT, reason_en TEXT,
    attributes TEXT,
    received TEXT NOT NULL
);
CREATE INDEX rejects_by_source ON rejects (source);
SELECT AddGeometryColumn('rejects', 'geometry', 4490, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('rejects', 'line', 4490, 'MULTILINESTRING', 'XY');
SELECT AddGeometryColumn('rejects', 'point', 4490, 'MULTIPOINT', 'XY');

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    source INTEGER REFERENCES sources (id),
    run INTEGER REFERENCES runs (id),
    kind TEXT, severity TEXT, role TEXT, source_file TEXT, source_layer TEXT, source_fid INTEGER, field TEXT,
    text_zh TEXT, text_en TEXT, done_zh TEXT, done_en TEXT, count INTEGER, area_before_m2 REAL, area_after_m2 REAL
);
CREATE INDEX problems_by_source ON problems (source);
CREATE INDEX problems_by_run ON problems (run);
SELECT AddGeometryColumn('problems', 'geometry', 4490, 'POINT', 'XY');

CREATE TABLE rule_sets (
    sha256 TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    file TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;

-- A check of a batch and everything that made it.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batches (id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    date TEXT NOT NULL,
    today TEXT NOT NULL,
    settings TEXT NOT NULL,
    rules TEXT NOT NULL REFERENCES rule_sets (sha256),
    program TEXT NOT NULL,
    seconds REAL NOT NULL,
    valid INTEGER NOT NULL,
    listed INTEGER NOT NULL, near INTEGER NOT NULL, clear INTEGER NOT NULL, duplicate INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    run_json TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX runs_by_batch ON runs (batch);
-- Zones and counties that a run used, and the days of judgement (since 1970-01-01) that they were used for.
CREATE TABLE run_zones (
    run INTEGER NOT NULL REFERENCES runs (id),
    place INTEGER NOT NULL,
    zone_version INTEGER NOT NULL REFERENCES zone_versions (id),
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;
-- The conclusion of each run on each patch, kept for ever; digest covers all rows of the patch.
CREATE TABLE run_patches (
    run INTEGER NOT NULL REFERENCES runs (id),
    patch INTEGER NOT NULL REFERENCES patches (id),
    bucket TEXT NOT NULL,
    verdict TEXT NOT NULL,
    priority INTEGER NOT NULL,
    rule TEXT NOT NULL,
    area_m2 REAL,
    covered_m2 REAL,
    judged_on TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (run, patch)
) WITHOUT ROWID;
-- 问题线索 by their stable key; one that a later run no longer finds is obsolete, never deleted.
CREATE TABLE findings (
    key TEXT PRIMARY KEY NOT NULL,
    batch INTEGER NOT NULL REFERENCES batches (id),
    patch INTEGER NOT NULL REFERENCES patches (id),
    zone_role TEXT NOT NULL, zone_kind TEXT NOT NULL, zone_name TEXT NOT NULL, zone_class TEXT NOT NULL,
    rule TEXT NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs (id),
    last_run INTEGER NOT NULL REFERENCES runs (id),
    obsolete_since INTEGER REFERENCES runs (id)
) WITHOUT ROWID;
CREATE INDEX findings_by_patch ON findings (patch);
CREATE INDEX findings_by_batch ON findings (batch);
-- The findings of each run with their measures.
CREATE TABLE run_findings (
    run INTEGER NOT NULL REFERENCES runs (id),
    patch INTEGER NOT NULL REFERENCES patches (id),
    place INTEGER NOT NULL,
    zone INTEGER NOT NULL REFERENCES zones (id),
    key TEXT NOT NULL REFERENCES findings (key),
    area_m2 REAL,
    length_m REAL,
    certainty TEXT NOT NULL,
    verdict TEXT NOT NULL,
    priority INTEGER NOT NULL,
    PRIMARY KEY (run, patch, place)
) WITHOUT ROWID;

CREATE TABLE judgements (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    verdict TEXT, priority INTEGER, rule TEXT, basis TEXT, confidence TEXT, judged_class TEXT, converted INTEGER,
    fallback INTEGER
);
CREATE INDEX judgements_by_run ON judgements (run);
CREATE TABLE overlaps (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    patch INTEGER REFERENCES patches (id), patch_id TEXT, bucket TEXT, zone INTEGER REFERENCES zones (id),
    zone_role TEXT, zone_kind TEXT, zone_name TEXT, zone_class TEXT, original_class TEXT, version TEXT, approval TEXT,
    area_m2 REAL, length_m REAL, share REAL, width_m REAL, area_min_m2 REAL, area_max_m2 REAL, boundary_m REAL,
    certainty TEXT, verdict TEXT, verdict_today TEXT, priority INTEGER, rule TEXT, rule_today TEXT, basis TEXT,
    judgement INTEGER REFERENCES judgements (id), judgement_today INTEGER REFERENCES judgements (id), path TEXT
);
CREATE INDEX overlaps_by_run ON overlaps (run);
CREATE INDEX overlaps_by_patch ON overlaps (patch);
SELECT AddGeometryColumn('overlaps', 'geometry', 4490, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('overlaps', 'line', 4490, 'MULTILINESTRING', 'XY');
SELECT AddGeometryColumn('overlaps', 'point', 4490, 'MULTIPOINT', 'XY');
CREATE TABLE atoms (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    patch INTEGER REFERENCES patches (id), zones TEXT, zone_kinds TEXT, zone_classes TEXT, covered INTEGER,
    area_m2 REAL, length_m REAL
);
CREATE INDEX atoms_by_run ON atoms (run);
SELECT AddGeometryColumn('atoms', 'geometry', 4490, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('atoms', 'line', 4490, 'MULTILINESTRING', 'XY');
SELECT AddGeometryColumn('atoms', 'point', 4490, 'MULTIPOINT', 'XY');
CREATE TABLE near (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id),
    patch INTEGER REFERENCES patches (id), patch_id TEXT, bucket TEXT, zone INTEGER REFERENCES zones (id),
    zone_role TEXT, zone_kind TEXT, zone_name TEXT, zone_class TEXT, distance_m REAL, azimuth_deg REAL, rank INTEGER,
    zone_longitude REAL, zone_latitude REAL
);
CREATE INDEX near_by_run ON near (run);
SELECT AddGeometryColumn('near', 'geometry', 4490, 'MULTILINESTRING', 'XY');

-- Numbers are issued here and nowhere else; last only grows.
CREATE TABLE case_counters (
    scheme TEXT PRIMARY KEY NOT NULL,
    last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    batch INTEGER NOT NULL REFERENCES batches (id),
    patch INTEGER NOT NULL UNIQUE REFERENCES patches (id),
    issued_at TEXT NOT NULL,
    issued_run INTEGER NOT NULL REFERENCES runs (id),
    current_run INTEGER NOT NULL REFERENCES runs (id),
    holds INTEGER NOT NULL,
    -- What the current run says, for lists.
    county_code TEXT NOT NULL, county TEXT NOT NULL, zone_kind TEXT NOT NULL, zone_name TEXT NOT NULL,
    zone_class TEXT NOT NULL, activity TEXT NOT NULL, verdict TEXT NOT NULL, priority INTEGER NOT NULL,
    area_m2 REAL, covered_m2 REAL,
    -- What people say; every change of these is an event.
    status TEXT NOT NULL,
    desk TEXT NOT NULL DEFAULT '',
    desk_reason TEXT NOT NULL DEFAULT '',
    set_verdict TEXT NOT NULL DEFAULT '',
    set_priority TEXT NOT NULL DEFAULT '',
    set_reason TEXT NOT NULL DEFAULT '',
    deadline TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT '',
    partners TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    conclusion TEXT NOT NULL DEFAULT '',
    situation TEXT NOT NULL DEFAULT '',
    builder TEXT NOT NULL DEFAULT '',
    built_when TEXT NOT NULL DEFAULT '',
    permits TEXT NOT NULL DEFAULT '',
    illegal TEXT NOT NULL DEFAULT '',
    measures TEXT NOT NULL DEFAULT '',
    inspector TEXT NOT NULL DEFAULT '',
    inspected_on TEXT NOT NULL DEFAULT '',
    remarks TEXT NOT NULL DEFAULT ''
);
CREATE INDEX cases_by_batch ON cases (batch, status);
CREATE INDEX cases_by_county ON cases (county_code, priority, number);
CREATE INDEX cases_by_priority ON cases (priority, number);
CREATE INDEX cases_by_status ON cases (status, number);
CREATE INDEX cases_by_deadline ON cases (deadline, number);

-- How QGIS draws the layers (its own table, filled when the project is made).
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    f_table_catalog TEXT,
    f_table_schema TEXT,
    f_table_name TEXT NOT NULL,
    f_geometry_column TEXT NOT NULL,
    styleName TEXT NOT NULL,
    styleQML TEXT NOT NULL,
    styleSLD TEXT NOT NULL DEFAULT '',
    useAsDefault INTEGER NOT NULL,
    description TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT '',
    ui TEXT,
    update_time TEXT NOT NULL
);
