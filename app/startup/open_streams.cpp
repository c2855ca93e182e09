// SPDX-License-Identifier: GPL-3.0-or-later

// Where a program is started with its standard input, output or error closed, the next file that it opens, a
// checkpoint say, gets that number, and what is printed goes into it. So what is closed is opened before any
// library opens a file, in the direction that fails: what is printed is then known to be lost. Linked into
// the programs themselves, as only they have a .preinit_array.

#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace {

/// No allocation, no exceptions, no streams: nothing of the libraries has been set up.
void openStandardStreams(int, char **, char **) {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(descriptor, F_GETFD) < 0)
            ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY); // gets the lowest number
}

[[gnu::section(".preinit_array"), gnu::used]] void (*const beforeAnyFile)(int, char **,
                                                                          char **) = openStandardStreams;

} // namespace
