// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"

#include "core/util/user_folders.h"

namespace simclr {

namespace fs = std::filesystem;

RunStore::RunStore(const fs::path &file, Access access, std::chrono::milliseconds patience)
    : m_connection(std::make_unique<Connection>(file, access, patience)),
      m_runs(*m_connection),
      m_metrics(*m_connection),
      m_results(*m_connection),
      m_artifacts(*m_connection),
      m_events(*m_connection),
      m_options(*m_connection),
      m_annotations(*m_connection),
      m_savedViews(*m_connection),
      m_jobs(*m_connection),
      m_recovery(*m_connection) {}

fs::path defaultDatabasePath() {
    return userDataFolder() / "simclr-workbench" / "runs.sqlite";
}

} // namespace simclr
