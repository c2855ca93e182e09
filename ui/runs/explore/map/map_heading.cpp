// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/map_heading.h"

#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

constexpr int progressSteps = 1000;

QString noteOf(const ExploredFeatures &features) {
    QStringList sentences;
    if (!features.areRunImages)
        sentences.append(
            MapHeading::tr("The images have changed since the training: predictions are not shown."));
    for (const std::string &problem : features.features.problems)
        sentences.append(QString::fromStdString(problem));
    return sentences.join(QLatin1Char(' '));
}

} // namespace

QString featureKindText(FeatureKind kind) {
    return kind == FeatureKind::H ? QStringLiteral("h") : QStringLiteral("z");
}

MapHeading::MapHeading(QWidget *parent)
    : QWidget(parent),
      m_title(new ElidedLabel({}, this)),
      m_note(mutedLabel({}, this)),
      m_progress(new QProgressBar(this)),
      m_stop(iconButton(QStringLiteral("stopMap"), QStringLiteral("media-playback-stop"),
                        tr("Stop; what is shown stays"), this)) {
    m_title->setObjectName(QStringLiteral("mapTitle"));
    m_note->setObjectName(QStringLiteral("mapNote"));
    m_note->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("mapProgress"));
    m_progress->setAccessibleName(tr("Progress of the map"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(90, 6);
    m_progress->setRange(0, progressSteps);
    m_stop->setFixedHeight(22);
    connect(m_stop, &QToolButton::clicked, this, &MapHeading::stopRequested);
    auto *row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_note);
}

void MapHeading::showWhat(const RunRecord &run, FeatureKind kind, const std::optional<MappedImages> &images) {
    QStringList parts{runTitle(run), featureKindText(kind)};
    if (images) {
        const RunFeatures &features = images->features->features;
        parts.append(tr("epoch %1").arg(QLocale().toString(features.epochs, 'g', 4)));
        parts.append(tr("%1 images").arg(countText(features.table.rows())));
        if (!features.broken.empty())
            parts.append(tr("%1 not readable").arg(countText(features.broken.size())));
        setNote(noteOf(*images->features));
    }
    m_title->setText(parts.join(QStringLiteral(" · ")));
}

void MapHeading::setNote(const QString &note) {
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void MapHeading::setProgress(double done) {
    m_progress->setValue(int(progressSteps * done));
}

void MapHeading::setWorking(bool isWorking) {
    m_progress->setVisible(isWorking);
    m_stop->setVisible(isWorking);
}

} // namespace simclr::ui
