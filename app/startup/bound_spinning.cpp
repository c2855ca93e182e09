// SPDX-License-Identifier: GPL-3.0-or-later

// The threads of an OpenMP team wait for one another by spinning: if other programs use the cores too,
// spinning takes time from the thread that the others wait for, and training becomes slower. libgomp reads
// its limit when it is loaded. So if GOMP_SPINCOUNT and OMP_WAIT_POLICY are not set, the program restarts
// itself with a limit, before any library is initialised: about 0.15 s of a core, compared with 0.35 s from
// main(). If that fails, it continues without a limit. Linked into the executables themselves, as only they
// have a .preinit_array.

#include <array>
#include <climits>
#include <cstddef>
#include <string_view>
#include <sys/auxv.h>
#include <unistd.h>

namespace {

/// On two cores shared with two busy programs, training was faster with it than with 1000 or without a limit.
char bound[] = "GOMP_SPINCOUNT=20000";

/// The libraries are loaded, but not initialised: no allocation, no exceptions, no streams.
void startAgainWithBound(int, char **arguments, char **environment) {
    constexpr std::size_t mostVariables = 8192;
    static std::array<char *, mostVariables + 2> bounded;
    std::size_t count = 0;
    for (; environment[count] != nullptr; ++count) {
        const std::string_view variable = environment[count];
        if (count == mostVariables || variable.starts_with("GOMP_SPINCOUNT=") ||
            variable.starts_with("OMP_WAIT_POLICY="))
            return;
        bounded[count] = environment[count];
    }
    bounded[count] = bound;
    const bool isStartedByItsLoader =
        ::getauxval(AT_BASE) == 0; // "ld.so PROGRAM": restarting would run ld.so
    static std::array<char, PATH_MAX> program;
    const ssize_t length = ::readlink("/proc/self/exe", program.data(), program.size() - 1);
    if (length > 0 && !isStartedByItsLoader)
        ::execve(program.data(), arguments, bounded.data());
}

[[gnu::section(".preinit_array"), gnu::used]] void (*const beforeAllLibraries)(int, char **,
                                                                               char **) = startAgainWithBound;

} // namespace
