// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/step_titles.h"

#include "core/augment/operation.h"
#include "ui/widgets/core_text.h"

#include <QStringList>

namespace simclr::ui {

QString stepTitle(const PipelineStep &step) {
    const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
    const QString title = type != nullptr ? coreText(type->title) : QString::fromStdString(step.operation);
    if (type == nullptr || !type->isCombination())
        return title;
    QStringList parts;
    for (const PipelineStep &part : step.steps)
        parts.append(stepTitle(part));
    return QStringLiteral("%1 (%2)").arg(title, parts.isEmpty() ? QStringLiteral("–")
                                                                : parts.join(QStringLiteral(", ")));
}

QString stepTitles(const std::vector<PipelineStep> &steps) {
    QStringList titles;
    for (const PipelineStep &step : steps)
        if (step.enabled)
            titles.append(stepTitle(step));
    return titles.join(QStringLiteral(" · "));
}

} // namespace simclr::ui
