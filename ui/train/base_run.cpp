// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/base_run.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace simclr::ui {

namespace {

struct Difference {
    QString id;
    QString text;
};

QList<Difference> differencesOf(const TrainOptions &before, const TrainOptions &next) {
    const Values old = trainOptionsDescription().read(before);
    const Values now = trainOptionsDescription().read(next);
    QList<Difference> differences;
    for (const Parameter &parameter : trainOptionsDescription().schema())
        if (old.at(parameter.id) != now.at(parameter.id))
            differences.append(
                {QString::fromStdString(parameter.id),
                 BaseRun::tr("%1 %2 instead of %3")
                     .arg(coreText(parameter.title), QString::fromStdString(toText(now.at(parameter.id))),
                          QString::fromStdString(toText(old.at(parameter.id))))});
    return differences;
}

} // namespace

BaseRun::BaseRun(QWidget *parent)
    : QWidget(parent), m_text(plainLabel({}, this)), m_reset(new QPushButton(tr("Reset"), this)) {
    setObjectName(QStringLiteral("baseRun"));
    m_text->setObjectName(QStringLiteral("baseRunText"));
    m_text->setWordWrap(true);
    m_reset->setObjectName(QStringLiteral("resetToRun"));
    m_reset->setToolTip(tr("Sets pipeline and options to those of the run again"));
    QToolButton *close = iconButton(QStringLiteral("forgetRun"), QStringLiteral("window-close"),
                                    tr("No longer compares with the run"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 1);
    row->addWidget(m_reset, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(static_cast<QPushButton *>(m_reset), &QPushButton::clicked, this, &BaseRun::resetRequested);
    connect(close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
    hide();
}

void BaseRun::setRun(const QString &title, const RunConfiguration &configuration) {
    m_title = title;
    m_configuration = configuration;
    show();
}

void BaseRun::clear() {
    m_configuration.reset();
    hide();
}

QStringList BaseRun::compare(const RunConfiguration &next) {
    if (!m_configuration)
        return {};
    QStringList ids;
    QStringList parts;
    if (next.pipeline != m_configuration->pipeline)
        parts.append(tr("another pipeline"));
    for (const Difference &difference : differencesOf(m_configuration->options, next.options)) {
        ids.append(difference.id);
        parts.append(difference.text);
    }
    m_reset->setEnabled(!parts.isEmpty());
    m_text->setText(parts.isEmpty()
                        ? tr("As run %1.").arg(m_title)
                        : tr("Differs from run %1: %2.").arg(m_title, parts.join(QStringLiteral(", "))));
    return ids;
}

} // namespace simclr::ui
