// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_path.h"

#include "core/util/error.h"
#include "core/util/files.h"

namespace simclr {

namespace fs = std::filesystem;

const fs::path &RunPath::toRead() const {
    if (m_access == Access::None)
        throw InvalidInput("the run database names " + displayName(m_path) +
                           ", which leads out of its folder and is not opened");
    return m_path;
}

RunPath RunPath::sibling(const fs::path &name) const {
    return {m_path.parent_path() / name.filename(), m_access};
}

void RunPath::setAside() const {
    std::error_code ignored;
    if (m_access == Access::Change)
        fs::rename(m_path, fs::path(m_path) += ".damaged", ignored);
}

void RunPath::remove() const {
    std::error_code ignored;
    if (m_access == Access::Change)
        fs::remove(m_path, ignored);
}

} // namespace simclr
