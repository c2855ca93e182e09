// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include "app/cli/exit_status.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace simclr::cli {

namespace {

volatile std::sig_atomic_t signalPipe = -1;
volatile std::sig_atomic_t signalCount = 0;

constexpr char signalByte = 's';
constexpr char endByte = 'e';

/// Only async-signal-safe calls: the watcher thread does the rest.
extern "C" void handleSignal(int) {
    const int savedErrno = errno;
    signalCount = signalCount + 1;
    if (signalCount > 1)
        ::_exit(exitCancelled);
    [[maybe_unused]] const ssize_t written = ::write(signalPipe, &signalByte, 1);
    errno = savedErrno;
}

void setHandler(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupt::Interrupt() {
    if (::pipe2(m_pipe, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    signalCount = 0;
    signalPipe = m_pipe[1];
    m_watcher = std::thread([this, end = m_pipe[0]] { watch(end); });
    setHandler(handleSignal);
}

Interrupt::~Interrupt() {
    setHandler(SIG_DFL);
    [[maybe_unused]] const ssize_t written = ::write(m_pipe[1], &endByte, 1);
    m_watcher.join();
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

int Interrupt::signals() {
    return signalCount;
}

void Interrupt::watch(int pipeEnd) {
    char byte = 0;
    while (byte != endByte) {
        const ssize_t length = ::read(pipeEnd, &byte, 1);
        if (length == 1 && byte == signalByte)
            m_source.request_stop();
        else if (length == 0 || (length < 0 && errno != EINTR))
            return;
    }
}

} // namespace simclr::cli
