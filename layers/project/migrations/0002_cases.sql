-- Schema 2: what lists of cases ask for, and events that concern many cases at once.

-- The patch's received id; the two parts of the number ("LD2026B2-513301" and 1), for the order of numbers.
ALTER TABLE cases ADD COLUMN patch_id TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN scheme TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
-- Who the configuration names; `responsible` and `partners` are what people say.
ALTER TABLE cases ADD COLUMN proposed_responsible TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN proposed_partners TEXT NOT NULL DEFAULT '';
-- The status that a case had when a run withdrew it; it comes back with it.
ALTER TABLE cases ADD COLUMN status_before TEXT NOT NULL DEFAULT '';
-- The last event that tells of the case: who changes a case may say which one he knew.
ALTER TABLE cases ADD COLUMN last_event INTEGER NOT NULL DEFAULT 0;
-- What counts: a person's word before the rule's.
ALTER TABLE cases ADD COLUMN priority_now INTEGER GENERATED ALWAYS AS
    (CASE set_priority WHEN '' THEN priority ELSE CAST(set_priority AS INTEGER) END) VIRTUAL;
ALTER TABLE cases ADD COLUMN verdict_now TEXT GENERATED ALWAYS AS
    (CASE set_verdict WHEN '' THEN verdict ELSE set_verdict END) VIRTUAL;

CREATE UNIQUE INDEX cases_by_serial ON cases (batch, scheme, serial);
DROP INDEX cases_by_county;
DROP INDEX cases_by_priority;
CREATE INDEX cases_by_county ON cases (county_code, priority_now);
CREATE INDEX cases_by_priority ON cases (priority_now);

-- Which cases an event tells of that stands for many (events.case_number is empty then).
CREATE TABLE case_events (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    event INTEGER NOT NULL REFERENCES events (number),
    PRIMARY KEY (case_id, event)
) WITHOUT ROWID;
CREATE INDEX case_events_by_event ON case_events (event);
