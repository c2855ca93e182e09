// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// Jobs that wait, run or have ended, in the order of `place`. A description is JSON with a version (see
// core/job). The process is the one that keeps the job in its queue.
const Migration version7{7, R"sql(
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    place REAL NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL DEFAULT '',
    submitted REAL NOT NULL,
    started REAL,
    finished REAL,
    process_number INTEGER NOT NULL,
    process_start INTEGER NOT NULL,
    process_boot TEXT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, place);
)sql"};

} // namespace simclr::migrations
