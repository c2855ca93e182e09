// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/filter_completion.h"

#include "core/query/completion.h"
#include "ui/runs/table/run_queries.h"

#include <string>

namespace simclr::ui {

FilterCompletions completionsOf(const QString &line, int cursor, RunQueries &queries) {
    const std::string text = line.toStdString();
    const auto bytes = static_cast<std::size_t>(line.left(cursor).toUtf8().size());
    const Completion found = completionsAt(text, bytes, queries.names(), [&queries](const FieldName &field) {
        return queries.frequentValues(field);
    });
    const auto characters = [&text](std::size_t begin, std::size_t length) {
        return static_cast<int>(
            QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(length)).size());
    };
    FilterCompletions completions;
    for (const std::string &each : found.texts)
        completions.texts.append(QString::fromStdString(each));
    completions.from = characters(0, found.replaced.begin);
    completions.length = characters(found.replaced.begin, found.replaced.length);
    return completions;
}

} // namespace simclr::ui
