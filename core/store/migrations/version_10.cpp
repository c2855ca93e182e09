// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// The order in which runs have last changed, so that a reader reads only those that changed since it last
// read: each change gives the run a revision higher than all others. The row of a deleted run stays. Triggers
// change existing rows with UPDATE, because a conflict clause of the statement that fires a trigger replaces
// that of its statements.
const Migration version10{10, R"sql(
CREATE TABLE run_revisions (
    run INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0
);
INSERT INTO run_revisions (run, revision) SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM runs;
CREATE UNIQUE INDEX run_revisions_in_order ON run_revisions (revision);
CREATE TRIGGER revise_added_run AFTER INSERT ON runs BEGIN
    INSERT INTO run_revisions (run, revision)
        VALUES (NEW.id, (SELECT IFNULL(MAX(revision), 0) + 1 FROM run_revisions));
END;
CREATE TRIGGER revise_changed_run AFTER UPDATE ON runs BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.id;
END;
CREATE TRIGGER revise_removed_run AFTER DELETE ON runs BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions), removed = 1
        WHERE run = OLD.id;
END;
CREATE TRIGGER revise_run_of_added_result AFTER INSERT ON results BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_changed_result AFTER UPDATE ON results BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_removed_result AFTER DELETE ON results BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = OLD.run;
END;
CREATE TRIGGER revise_run_of_added_artifact AFTER INSERT ON artifacts BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_changed_artifact AFTER UPDATE ON artifacts BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_removed_artifact AFTER DELETE ON artifacts BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = OLD.run;
END;
CREATE TRIGGER revise_run_of_added_event AFTER INSERT ON events BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_added_tag AFTER INSERT ON run_tags BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = NEW.run;
END;
CREATE TRIGGER revise_run_of_removed_tag AFTER DELETE ON run_tags BEGIN
    UPDATE run_revisions SET revision = (SELECT MAX(revision) + 1 FROM run_revisions) WHERE run = OLD.run;
END;
CREATE INDEX runs_by_status ON runs (status);
)sql"};

} // namespace simclr::migrations
