// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/wall_panel.h"

#include "ui/data/wall/filter_bar.h"
#include "ui/data/wall/wall_actions.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString sideKey = QStringLiteral("data/thumbnailSide");

} // namespace

WallPanel::WallPanel(const DataStudy &study, QWidget *parent)
    : QWidget(parent),
      m_study(study),
      m_bar(new FilterBar),
      m_wall(new ImageWall),
      m_actions(new WallActions(*m_wall, this)),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("view-list-icons"), {}, {})),
      m_done(mutedLabel()) {
    setObjectName(QStringLiteral("wallPanel"));
    build();
    connectParts();
    m_wall->setSide(QSettings().value(sideKey, m_wall->side()).toInt());
    m_bar->setSide(m_wall->side());
    m_wall->setDescription(
        [this](std::uint32_t sample, const ImageSize &size) { return describe(sample, size); });
    showDataset();
    showStatistics();
}

void WallPanel::build() {
    m_done->setObjectName(QStringLiteral("wallDone"));
    m_done->setWordWrap(true);
    m_done->hide();
    m_empty->setObjectName(QStringLiteral("emptyWall"));
    auto *emptyPage = new QWidget;
    (new QVBoxLayout(emptyPage))->addWidget(m_empty, 0, Qt::AlignCenter);
    m_stack->addWidget(emptyPage);
    m_stack->addWidget(m_wall);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_done);
}

void WallPanel::connectParts() {
    connect(&m_study, &DataStudy::datasetChanged, this, &WallPanel::showDataset);
    connect(&m_study, &DataStudy::statisticsChanged, this, &WallPanel::showStatistics);
    connect(&m_study, &DataStudy::splitsChanged, this, [this] {
        if (m_bar->filter().split)
            applyFilter();
    });
    connect(m_bar, &FilterBar::edited, this, &WallPanel::applyFilter);
    connect(m_bar, &FilterBar::sideChosen, m_wall, &ImageWall::setSide);
    connect(m_wall, &ImageWall::sideChanged, this, [this](int side) {
        m_bar->setSide(side);
        QSettings().setValue(sideKey, side);
    });
    connect(m_wall, &ImageWall::selectionChanged, this, &WallPanel::showCount);
    connect(m_wall, &ImageWall::currentChanged, this, &WallPanel::currentChanged);
    connect(m_actions, &WallActions::previewRequested, this, &WallPanel::previewRequested);
    connect(m_actions, &WallActions::leaveOutRequested, this, &WallPanel::leaveOutRequested);
    connect(m_actions, &WallActions::keepRequested, this, &WallPanel::keepRequested);
    connect(m_actions, &WallActions::done, this, [this](const QString &what) {
        m_done->setText(what);
        m_done->show();
    });
}

void WallPanel::setPreview(const DatasetPtr &preview) {
    if (preview == m_preview)
        return;
    m_preview = preview;
    showDataset();
}

void WallPanel::showDataset() {
    const DatasetPtr dataset = shownDataset();
    m_done->hide();
    m_bar->setDataset(dataset);
    m_wall->setDataset(dataset);
    applyFilter();
}

void WallPanel::showStatistics() {
    m_bar->setSizesKnown(m_study.statistics() != nullptr, int(m_study.options().imageSize));
    if (m_bar->filter().size != WallFilter::Size::Any)
        applyFilter();
}

void WallPanel::applyFilter() {
    m_worker.cancel();
    if (!shownDataset())
        return showSamples(std::make_shared<const std::vector<std::uint32_t>>());
    const FilteredImages images{shownDataset(), m_preview ? nullptr : m_study.splits(),
                                m_preview ? nullptr : m_study.statistics(), int(m_study.options().imageSize)};
    m_worker.ask(
        [images, filter = m_bar->filter()](const BackgroundWorker::Task &task) {
            return ImageWall::Samples(std::make_shared<const std::vector<std::uint32_t>>(
                matchingSamples(images, filter, task.stop())));
        },
        [this](const ImageWall::Samples &samples) { showSamples(samples); });
}

void WallPanel::showSamples(const ImageWall::Samples &samples) {
    m_wall->setSamples(samples);
    const bool hasDataset = shownDataset() != nullptr;
    m_empty->setTexts(hasDataset ? tr("No image matches") : tr("No images yet"),
                      hasDataset ? tr("Choose another class, split, size or name.")
                                 : tr("Open a folder, a file or the built-in shapes."));
    m_stack->setCurrentIndex(samples->empty() ? 0 : 1);
    if (const auto chosen = std::exchange(m_toSelect, {}); !chosen.empty()) {
        m_wall->selectSamples(chosen);
        m_wall->setCurrent(int(std::ranges::find(*samples, chosen.front()) - samples->begin()));
    }
    showCount();
}

void WallPanel::showSelected(const std::vector<std::uint32_t> &samples) {
    m_toSelect = samples;
    m_bar->setDataset(shownDataset()); // no filter
    applyFilter();
}

void WallPanel::showCount() {
    const DatasetPtr dataset = shownDataset();
    m_bar->setCount(m_wall->samples().size(), dataset ? dataset->size() : 0, m_wall->selection().count());
}

/// A line each: name, class, split, size.
QString WallPanel::describe(std::uint32_t sample, const ImageSize &size) const {
    const DatasetPtr dataset = shownDataset();
    if (!dataset || sample >= dataset->size())
        return {};
    QStringList lines{QString::fromStdString(dataset->sampleName(sample))};
    if (const int label = dataset->label(sample); label >= 0 && label < dataset->classCount())
        lines.append(
            tr("Class: %1").arg(QString::fromStdString(dataset->report().classNames[std::size_t(label)])));
    else if (dataset->isLabelled())
        lines.append(tr("Without a label"));
    if (!m_preview && m_study.splits())
        lines.append(tr("Split: %1").arg(studiedSplitText(m_study.splits()->of(sample))));
    if (size.width > 0)
        lines.append(tr("Size: %1 × %2 px").arg(countText(size.width), countText(size.height)));
    return lines.join(QChar('\n'));
}

} // namespace simclr::ui
