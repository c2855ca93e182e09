// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"
#include "core/util/files.h"

#include <cerrno>
#include <cstring>

namespace simclr {

/// Throws IoError with the failed action, the file and the system's reason.
[[noreturn]] inline void throwErrno(const std::string &what, const std::filesystem::path &path) {
    const int code = errno;
    throw IoError(what + " " + displayName(path) + ": " + std::strerror(code));
}

} // namespace simclr
