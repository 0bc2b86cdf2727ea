-- What the patches of a batch are to those of earlier batches, as it was when the batch came: status, conclusion
-- and case of the earlier patch stand as they were then.
CREATE TABLE lineage (
    patch INTEGER NOT NULL REFERENCES patches (id),
    place INTEGER NOT NULL,
    earlier INTEGER NOT NULL REFERENCES patches (id),
    relation TEXT NOT NULL,
    rebound INTEGER NOT NULL,
    same_id INTEGER NOT NULL,
    iou REAL,
    share_new REAL,
    share_old REAL,
    distance_m REAL NOT NULL,
    old_batch TEXT NOT NULL,
    old_case TEXT NOT NULL,
    old_status TEXT NOT NULL,
    old_conclusion TEXT NOT NULL,
    PRIMARY KEY (patch, place)
) WITHOUT ROWID;
CREATE INDEX lineage_by_earlier ON lineage (earlier);
-- One row a batch that was compared.
CREATE TABLE lineage_batches (
    batch INTEGER PRIMARY KEY REFERENCES batches (id),
    patches INTEGER NOT NULL,
    related INTEGER NOT NULL,
    rebounds INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    without_shape INTEGER NOT NULL,
    not_compared INTEGER NOT NULL,
    not_kept INTEGER NOT NULL,
    running_ids INTEGER NOT NULL
);
