// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_hold.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace simclr {

namespace {

constexpr const char *lockName = "in-use";

} // namespace

std::optional<RunHold> RunHold::take(const std::filesystem::path &runFolder, Purpose purpose) {
    if (runFolder.empty())
        return RunHold(none);
    RunHold hold(::open((runFolder / lockName).c_str(),
                        O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (hold.m_descriptor == none)
        return hold;
    const int kind = purpose == Purpose::Use ? LOCK_SH : LOCK_EX;
    const bool isHeld = ::flock(hold.m_descriptor, kind | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    return isHeld ? std::nullopt : std::optional(std::move(hold));
}

RunHold::~RunHold() {
    if (m_descriptor != none)
        ::close(m_descriptor);
}

} // namespace simclr
