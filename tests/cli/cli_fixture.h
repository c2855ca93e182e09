// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"
#include "tests/support/test_support.h"

#include <QProcess>
#include <QStringList>

namespace simclr::test {

/// The result of a command.
struct CommandResult {
    int status = -1; ///< −1: crashed or did not end in time
    std::string out;
    std::string err;

    Json json() const { return parseJson(out, "stdout"); }
};

inline CommandResult resultOf(QProcess &process) {
    CommandResult result;
    constexpr int timeoutMs = 570'000; // ctest gives up a little later
    if (process.waitForFinished(timeoutMs) && process.exitStatus() == QProcess::NormalExit)
        result.status = process.exitCode();
    result.out = process.readAllStandardOutput().toStdString();
    result.err += process.readAllStandardError().toStdString();
    return result;
}

inline CommandResult runCommand(const QStringList &arguments) {
    QProcess process;
    process.start(SIMCLR_COMMAND, arguments);
    return resultOf(process);
}

/// Whether the command failed with one sentence that contains `part`, and printed nothing else.
inline bool isRefusal(const CommandResult &result, const std::string &part) {
    const bool isOneLine = std::ranges::count(result.err, '\n') == 1 && result.err.starts_with("simclr: ");
    const bool isRefused =
        result.status == 2 && result.out.empty() && isOneLine && contains(result.err, part);
    if (!isRefused)
        qWarning("status %d, stdout \"%s\", stderr \"%s\"", result.status, result.out.c_str(),
                 result.err.c_str());
    return isRefused;
}

inline QString text(const std::filesystem::path &path) {
    return QString::fromStdString(path.native());
}

} // namespace simclr::test
