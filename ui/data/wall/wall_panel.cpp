// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/wall_panel.h"

#include "core/data/selected_dataset.h"
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

/// What a selection was made of.
const Dataset &allImages(const Dataset &dataset) {
    const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset);
    return selected != nullptr ? selected->base() : dataset;
}

/// The number of an image among allImages(): in the same order.
std::uint32_t imageOf(const Dataset &dataset, std::uint32_t sample) {
    const auto *selected = dynamic_cast<const SelectedDataset *>(&dataset);
    return selected != nullptr ? selected->baseSample(sample) : sample;
}

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
    connect(m_wall, &ImageWall::currentChanged, this,
            [this](qint64 sample) { Q_EMIT currentChanged(m_preview ? -1 : sample); });
    connectActions();
}

void WallPanel::connectActions() {
    using Request = void (WallPanel::*)(const std::vector<std::uint32_t> &);
    const auto passOn = [this](Request request) {
        return [this, request](const std::vector<std::uint32_t> &samples) {
            if (isOpen())
                Q_EMIT(this->*request)(samples);
        };
    };
    connect(m_actions, &WallActions::previewRequested, this, passOn(&WallPanel::previewRequested));
    connect(m_actions, &WallActions::leaveOutRequested, this, passOn(&WallPanel::leaveOutRequested));
    connect(m_actions, &WallActions::keepRequested, this, passOn(&WallPanel::keepRequested));
    connect(m_actions, &WallActions::done, this, &WallPanel::tell);
    connect(m_wall, &ImageWall::activated, this, [this](quint32 sample) {
        if (isOpen())
            Q_EMIT previewRequested({sample});
    });
}

bool WallPanel::isOpen() {
    if (m_preview)
        tell(tr("These images are still being read."));
    return !m_preview;
}

void WallPanel::tell(const QString &what) {
    m_done->setText(what);
    m_done->show();
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
    m_toSelect.clear(); // samples of the previous images
    keepPlace(dataset);
    m_bar->setDataset(dataset);
    m_wall->setDataset(dataset);
    applyFilter();
}

/// Images with another selection are shown at the same place.
void WallPanel::keepPlace(const DatasetPtr &next) {
    const DatasetPtr &before = m_wall->dataset();
    const std::vector<std::uint32_t> &samples = m_wall->samples();
    m_place.reset();
    if (!before || !next || samples.empty() || &allImages(*before) != &allImages(*next))
        return;
    const auto sampleAt = [&](int position) { return imageOf(*before, samples[std::size_t(position)]); };
    m_place = Place{sampleAt(std::min(m_wall->firstVisible(), int(samples.size()) - 1)), {}};
    if (m_wall->currentPosition() >= 0)
        m_place->current = sampleAt(m_wall->currentPosition());
}

/// What has been left out is replaced by what follows it.
void WallPanel::returnToPlace() {
    const auto place = std::exchange(m_place, std::nullopt);
    const std::vector<std::uint32_t> &samples = m_wall->samples();
    if (!place || samples.empty())
        return;
    const auto positionOf = [&](std::uint32_t image) {
        const auto found = std::ranges::lower_bound(
            samples, image, {}, [this](std::uint32_t each) { return imageOf(*m_wall->dataset(), each); });
        return int(std::min(found, samples.end() - 1) - samples.begin());
    };
    m_wall->setFirstVisible(positionOf(place->first));
    if (place->current)
        m_wall->setCurrent(positionOf(*place->current));
}

void WallPanel::showStatistics() {
    const WallFilter before = m_bar->filter();
    m_bar->setSizesKnown(m_study.statistics() != nullptr, int(m_study.options().imageSize));
    if (m_bar->filter() != before || before.size != WallFilter::Size::Any)
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
    returnToPlace();
    const bool hasDataset = shownDataset() != nullptr;
    m_empty->setTexts(hasDataset ? tr("No image matches") : tr("No images yet"),
                      hasDataset ? tr("Choose another class, split, size, name or value.")
                                 : tr("Open a folder, a file or the built-in shapes."));
    m_stack->setCurrentIndex(samples->empty() ? 0 : 1);
    if (const auto chosen = std::exchange(m_toSelect, {}); !chosen.empty()) {
        m_wall->selectSamples(chosen);
        m_wall->setCurrent(int(std::ranges::find(*samples, chosen.front()) - samples->begin()));
    }
    showCount();
}

void WallPanel::showSelected(const std::vector<std::uint32_t> &samples) {
    if (!isOpen())
        return;
    m_toSelect = samples;
    m_bar->setDataset(shownDataset()); // no filter
    applyFilter();
}

void WallPanel::showCount() {
    const DatasetPtr dataset = shownDataset();
    m_bar->setCount({m_wall->samples().size(), dataset ? dataset->size() : 0, m_wall->selection().count(),
                     m_wall->shownSelected()});
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
