// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace simclr::cli {

/// Turns the first Ctrl-C (or SIGTERM) into a request to stop, so that a run ends cleanly at its next batch;
/// the second one ends the process at once. Create one, in the main thread, around work that checks the
/// token.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    std::stop_token token() const { return m_source.get_token(); }
    bool isRequested() const { return m_source.stop_requested(); }

    /// The number of signals since the last of these was created: for waits that no token can end.
    static int signals();

  private:
    void watch(int pipeEnd);

    std::stop_source m_source;
    int m_pipe[2] = {-1, -1};
    std::thread m_watcher;
};

} // namespace simclr::cli
