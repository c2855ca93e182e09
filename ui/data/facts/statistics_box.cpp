// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facts/statistics_box.h"

#include "ui/data/facts/histogram_bars.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

constexpr int mostBars = 32;

/// "0.491  0.482  0.447": red, green, blue.
QString channelsText(const std::array<double, 3> &values) {
    QStringList texts;
    for (const double value : values)
        texts.append(decimalText(value, 3));
    return texts.join(QStringLiteral("  "));
}

} // namespace

StatisticsBox::StatisticsBox(DataStudy &study, QWidget *parent)
    : QWidget(parent),
      m_study(study),
      m_measure(new QPushButton),
      m_progress(new QProgressBar),
      m_channels(plainLabel()),
      m_basis(mutedLabel()),
      m_sides(new HistogramBars(tr("Shorter side"), 0, tr(" px"))),
      m_aspects(new HistogramBars(tr("Aspect ratio (width / height)"), 2, {})) {
    build();
    connect(m_measure, &QPushButton::clicked, this, &StatisticsBox::press);
    connect(&m_study, &DataStudy::statisticsChanged, this, &StatisticsBox::showState);
    connect(&m_study, &DataStudy::splitsChanged, this, &StatisticsBox::measureIfQuick);
    connect(&m_study, &DataStudy::statisticsForgotten, this, &StatisticsBox::measureIfQuick);
    connect(&m_study, &DataStudy::measuringProgressed, this, [this](qulonglong done, qulonglong all) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(all > 0 ? int(1000 * done / all) : 0);
    });
    showState();
}

void StatisticsBox::build() {
    m_measure->setObjectName(QStringLiteral("measureImages"));
    m_progress->setObjectName(QStringLiteral("measuringProgress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_channels->setObjectName(QStringLiteral("channelStatistics"));
    m_channels->setWordWrap(true);
    m_basis->setObjectName(QStringLiteral("statisticsBasis"));
    m_basis->setWordWrap(true);
    m_sides->setObjectName(QStringLiteral("sideHistogram"));
    m_aspects->setObjectName(QStringLiteral("aspectHistogram"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(headingLabel(tr("Sizes and colours")), 1);
    row->addWidget(m_measure);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_progress, m_sides, m_aspects, m_channels, m_basis})
        layout->addWidget(widget);
}

void StatisticsBox::press() {
    if (m_study.isMeasuring())
        m_study.cancelMeasuring();
    else
        m_study.measure(m_study.statistics() != nullptr); // again: all of them
}

/// Decoded images that are in memory are measured in a moment.
void StatisticsBox::measureIfQuick() {
    if (m_study.dataset() && m_study.splits() && m_study.dataset()->report().inMemory &&
        !m_study.statistics() && !m_study.isMeasuring())
        m_study.measure(true);
}

void StatisticsBox::showState() {
    const bool isMeasuring = m_study.isMeasuring();
    const StatisticsPtr statistics = m_study.statistics();
    m_measure->setEnabled(m_study.dataset() != nullptr);
    m_measure->setVisible(!statistics || statistics->isSampled || isMeasuring);
    m_measure->setText(isMeasuring ? tr("Cancel") : statistics ? tr("Measure all") : tr("Measure"));
    m_measure->setToolTip(isMeasuring ? tr("Stop measuring")
                                      : tr("Read the images for their sizes, and the mean and standard "
                                           "deviation of their colours"));
    m_progress->setVisible(isMeasuring);
    m_progress->setRange(0, 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_sides, m_aspects, m_channels, m_basis})
        widget->setVisible(statistics != nullptr);
    if (statistics)
        showStatistics(*statistics);
}

void StatisticsBox::showStatistics(const ImageStatistics &statistics) {
    m_sides->setBars(sideHistogram(statistics.sizes, mostBars));
    m_aspects->setBars(aspectHistogram(statistics.sizes, mostBars));
    m_sides->setVisible(m_sides->bars().size() > 1); // one size is in the report
    m_aspects->setVisible(m_aspects->bars().size() > 1);
    m_channels->setText(tr("Mean of red, green, blue: %1\nStandard deviation: %2")
                            .arg(channelsText(statistics.mean), channelsText(statistics.deviation)));
    m_channels->setVisible(statistics.channelImages > 0);
    m_basis->setText(basisText(statistics));
}

QString StatisticsBox::basisText(const ImageStatistics &statistics) const {
    const bool areOthers = m_study.splits() && m_study.splits()->splits.learnsFromOthers();
    QStringList parts{(areOthers ? tr("Colours of %1 images to learn from at %2 × %2 px")
                                 : tr("Colours of %1 training images at %2 × %2 px"))
                          .arg(countText(statistics.channelImages), countText(m_study.options().imageSize))};
    if (statistics.isSampled)
        parts.append(tr("a sample: %1 of %2 images were read")
                         .arg(countText(statistics.measured), countText(statistics.sizes.size())));
    if (!statistics.unreadable.empty())
        parts.append(tr("not readable: %1").arg(countText(statistics.unreadable.size())));
    return parts.join(QStringLiteral(" · "));
}

} // namespace simclr::ui
