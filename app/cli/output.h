// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <ostream>
#include <streambuf>
#include <string_view>
#include <vector>

namespace simclr::cli {

/// The buffer of a standard stream that writes to its descriptor and stores the error of a failure. Waits for
/// a slow reader until a stop is requested. Unbuffered, so that any thread may write through it.
class DescriptorBuffer : public std::streambuf {
  public:
    DescriptorBuffer(int descriptor, std::size_t room);
    ~DescriptorBuffer() override;

    /// The errno of a failed write: EINTR if a signal ended the wait, 0 if all was written.
    int failure() const { return m_failure; }

  protected:
    int_type overflow(int_type letter) override;
    std::streamsize xsputn(const char *bytes, std::streamsize count) override;
    int sync() override;

  private:
    bool writeAll(std::string_view bytes);

    int m_descriptor;
    std::atomic<int> m_failure = 0;
    std::vector<char> m_room;
    std::mutex m_writing;
};

/// Handles all output of the program, so that no output is lost without a message: replaces the buffers of
/// std::cout and std::cerr while it exists. A reader that closes the pipe (head, a closed pager) does not end
/// the program, as SIGPIPE would in the middle of training: the rest is not printed. Neither does a limit on
/// the size of files. Create one at the start of main.
class Output {
  public:
    Output();
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    /// Flushes the output. Returns the exit status: `status`, unless output could not be written, which is
    /// reported on stderr.
    int finish(int status);

  private:
    DescriptorBuffer m_out;
    DescriptorBuffer m_err;
    std::streambuf *m_usualOut;
    std::streambuf *m_usualErr;
};

} // namespace simclr::cli
