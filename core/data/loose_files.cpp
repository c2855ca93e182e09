// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/loose_files.h"

#include "core/util/files.h"

namespace simclr {

std::string LooseFiles::read(std::uint32_t i, std::uintmax_t maxBytes) const {
    return readFile(path(i), maxBytes);
}

std::string LooseFiles::displayName(std::uint32_t i) const {
    return simclr::displayName(path(i));
}

} // namespace simclr
