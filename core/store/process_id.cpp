// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/process_id.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <unistd.h>

namespace simclr {

namespace {

struct ProcessState {
    char letter = '?';
    std::int64_t startTicks = 0;
};

/// Fields 3 (state) and 22 (starttime) of /proc/PID/stat, see proc(5). The command in field 2 may hold spaces
/// and parentheses, so counting begins after the last ")".
std::optional<ProcessState> readState(std::int64_t number) {
    std::ifstream file("/proc/" + std::to_string(number) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t command = text.rfind(')');
    if (command == std::string::npos)
        return std::nullopt;
    std::istringstream fields(text.substr(command + 1));
    ProcessState state;
    fields >> state.letter;
    constexpr int fieldsBetween = 18;
    std::string skipped;
    for (int i = 0; i < fieldsBetween; ++i)
        fields >> skipped;
    fields >> state.startTicks;
    return fields ? std::optional(state) : std::nullopt;
}

std::string bootId() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

} // namespace

ProcessId currentProcess() {
    ProcessId process{::getpid(), 0, bootId()};
    if (const auto state = readState(process.number))
        process.startTicks = state->startTicks;
    return process;
}

bool isAlive(const ProcessId &process) {
    if (process.boot != bootId())
        return false;
    const auto state = readState(process.number);
    const bool ended = !state || state->letter == 'Z' || state->letter == 'X';
    return !ended && state->startTicks == process.startTicks;
}

} // namespace simclr
