// SPDX-License-Identifier: GPL-3.0-or-later

// If a program is started with standard input, output or error closed, the next file that it opens, for
// example a checkpoint, gets that descriptor, and printed output goes into it. So closed descriptors are
// opened before any library opens a file, in the direction that fails: lost output is then detected. Linked
// into the executables themselves, as only they have a .preinit_array.

#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace {

/// No allocation, no exceptions, no streams: the libraries are not initialised.
void openStandardStreams(int, char **, char **) {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(descriptor, F_GETFD) < 0)
            ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY); // gets the lowest number
}

[[gnu::section(".preinit_array"), gnu::used]] void (*const beforeAnyFile)(int, char **,
                                                                          char **) = openStandardStreams;

} // namespace
