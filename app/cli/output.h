// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <ostream>
#include <streambuf>
#include <string_view>
#include <vector>

namespace simclr::cli {

/// The buffer of a standard stream that writes to its descriptor and remembers why that failed. Waits for a
/// slow reader, until it is told to stop. Without room of its own, any thread may write through it.
class DescriptorBuffer : public std::streambuf {
  public:
    DescriptorBuffer(int descriptor, std::size_t room);
    ~DescriptorBuffer() override;

    /// The errno of what could not be written: EINTR where a signal ended the waiting, 0 where all was.
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

/// Everything that the program prints passes here, so that none of it is lost without a word: stands in for
/// the buffers of std::cout and std::cerr while it lives. A reader that goes away (head, a closed pager) does
/// not end the program, as SIGPIPE would in the midst of training: the rest is not printed. Neither does a
/// limit on the size of files. Make one, first
/// thing in main.
class Output {
  public:
    Output();
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    /// Writes what is left. The exit status, which is `status` unless what a command printed could not be
    /// written; then says so on stderr.
    int finish(int status);

  private:
    DescriptorBuffer m_out;
    DescriptorBuffer m_err;
    std::streambuf *m_usualOut;
    std::streambuf *m_usualErr;
};

} // namespace simclr::cli
