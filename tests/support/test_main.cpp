// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

namespace {

/// Programs register before main(), so the map must exist at its first use.
std::map<std::string, simclr::test::Program> &programs() {
    static std::map<std::string, simclr::test::Program> all;
    return all;
}

} // namespace

bool simclr::test::registerProgram(const char *file, Program program) {
    const std::string name = std::filesystem::path(file).stem().string();
    if (programs().emplace(name, program).second)
        return true;
    std::fprintf(stderr, "%s is registered twice\n", name.c_str());
    std::abort();
}

/// The first argument names the test; the others are those of Qt Test. Without arguments, lists the tests.
int main(int argc, char **argv) {
    if (argc < 2) {
        for (const auto &[name, program] : programs())
            std::puts(name.c_str());
        return 0;
    }
    const auto found = programs().find(argv[1]);
    if (found == programs().end()) {
        std::fprintf(stderr, "unknown test \"%s\"\n", argv[1]);
        return 2;
    }
    int count = argc - 1;
    return found->second(count, argv + 1);
}
