// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/processor_use.h"

#include "core/util/clock.h"
#include "core/util/core_count.h"

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace simclr {

namespace {

bool isOfLowPriority() {
    return ::getpriority(PRIO_PROCESS, 0) > 0;
}

/// The number in "cpu3"; nothing for the line of all processors and for other lines.
std::optional<int> processorOf(const std::string &name) {
    if (!name.starts_with("cpu") || name.size() == 3 || name.size() > 9 ||
        name.find_first_not_of("0123456789", 3) != std::string::npos)
        return std::nullopt;
    return std::stoi(name.substr(3));
}

/// Ticks of work in the rest of a line of proc/stat, see proc_stat(5).
double workIn(std::istringstream &fields, bool withNice) {
    double user = 0;
    double nice = 0;
    double system = 0;
    double idle = 0;
    double waiting = 0;
    double interrupts = 0;
    double softInterrupts = 0;
    fields >> user >> nice >> system >> idle >> waiting >> interrupts >> softInterrupts;
    return user + (withNice ? nice : 0) + system + interrupts + softInterrupts;
}

double ownSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

std::optional<ProcessorUse> processorUse(const std::filesystem::path &root) {
    std::ifstream file(root / "proc/stat");
    const bool withNice = isOfLowPriority();
    const ProcessorSet allowed;
    double ticks = 0;
    bool isKnown = false;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string name;
        fields >> name;
        const std::optional<int> processor = processorOf(name);
        if (!processor || !allowed.has(*processor))
            continue;
        ticks += workIn(fields, withNice);
        isKnown = true;
    }
    if (!isKnown)
        return std::nullopt;
    return ProcessorUse{secondsNow(), ticks / static_cast<double>(::sysconf(_SC_CLK_TCK)) - ownSeconds()};
}

} // namespace simclr
