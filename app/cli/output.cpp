// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "app/cli/common.h"
#include "app/cli/exit_status.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <iostream>
#include <poll.h>
#include <unistd.h>

namespace simclr::cli {

namespace {

constexpr std::size_t outputRoom = 1 << 16;

/// Whether the descriptor accepts at least PIPE_BUF bytes without waiting; false if a signal requested a
/// stop. A blocking write() would continue after the signal.
bool waitForRoom(int descriptor) {
    constexpr int lookMs = 200; // a signal may arrive just before poll()
    const int before = Interrupt::signals();
    pollfd request{descriptor, POLLOUT, 0};
    for (;;) {
        const int count = ::poll(&request, 1, lookMs);
        if (count > 0 || (count < 0 && errno != EINTR))
            return true; // the write reports the error
        if (Interrupt::signals() != before)
            return false;
    }
}

} // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor, std::size_t room)
    : m_descriptor(descriptor), m_room(room) {
    setp(m_room.data(), m_room.data() + m_room.size());
}

DescriptorBuffer::~DescriptorBuffer() {
    DescriptorBuffer::sync();
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type letter) {
    const bool isEnd = traits_type::eq_int_type(letter, traits_type::eof());
    const char byte = isEnd ? '\0' : traits_type::to_char_type(letter);
    const bool isWritten = sync() == 0 && (isEnd || xsputn(&byte, 1) == 1);
    return isWritten ? traits_type::not_eof(letter) : traits_type::eof();
}

std::streamsize DescriptorBuffer::xsputn(const char *bytes, std::streamsize count) {
    if (!m_room.empty() && count <= epptr() - pptr())
        return std::streambuf::xsputn(bytes, count);
    return sync() == 0 && writeAll({bytes, static_cast<std::size_t>(count)}) ? count : 0;
}

int DescriptorBuffer::sync() {
    const std::string_view waiting(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    setp(m_room.data(), m_room.data() + m_room.size());
    return writeAll(waiting) ? 0 : -1;
}

/// Writes in pieces that a pipe with space accepts at once.
bool DescriptorBuffer::writeAll(std::string_view bytes) {
    const std::scoped_lock lock(m_writing);
    while (m_failure == 0 && !bytes.empty()) {
        if (!waitForRoom(m_descriptor)) {
            m_failure = EINTR;
            break;
        }
        const ssize_t length =
            ::write(m_descriptor, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
        if (length >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(length));
        else if (errno != EINTR && errno != EAGAIN)
            m_failure = errno;
    }
    return m_failure == 0;
}

Output::Output()
    : m_out(STDOUT_FILENO, outputRoom),
      m_err(STDERR_FILENO, 0),
      m_usualOut(std::cout.rdbuf(&m_out)),
      m_usualErr(std::cerr.rdbuf(&m_err)) {
    for (const int signal : {SIGPIPE, SIGXFSZ}) // then writing fails with an error
        std::signal(signal, SIG_IGN);
}

Output::~Output() {
    std::cout.rdbuf(m_usualOut);
    std::cerr.rdbuf(m_usualErr);
}

int Output::finish(int status) {
    std::cout.flush();
    const int failure = m_out.failure();
    if (failure == EINTR)
        return exitCancelled;
    if (failure == 0 || failure == EPIPE || failure == ECONNRESET)
        return status;
    complain(std::string("the output could not be written: ") + std::strerror(failure));
    return status == exitDone ? exitFailed : status;
}

} // namespace simclr::cli
