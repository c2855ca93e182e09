// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/duplicates_view.h"

#include "ui/runs/explore/duplicates/duplicate_controls.h"
#include "ui/runs/explore/duplicates/pair_delegate.h"
#include "ui/runs/explore/duplicates/pair_model.h"
#include "ui/data/image_file.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/table_export.h"
#include "ui/text/paths.h"
#include "ui/text/split_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/remembered.h"
#include "ui/workspace/compute_queue.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace simclr::ui {

namespace {

constexpr int thumbnailSide = 44;
constexpr qsizetype mostShownPairs = 100;

} // namespace

DuplicatesView::DuplicatesView(FeatureCache &features, DatasetCache &images, const ComputeQueue &queue,
                               QWidget *parent)
    : ExploreView(parent),
      m_features(features),
      m_cache(images),
      m_queue(queue),
      m_controls(new DuplicateControls),
      m_stack(new QStackedWidget),
      m_message(new EmptyState(QStringLiteral("edit-copy"), {}, {})),
      m_model(new PairModel(this)),
      m_thumbnails(new ThumbnailLoader(this)),
      m_table(new QTableView),
      m_gallery(new ImageGallery) {
    m_soon.setSingleShot(true);
    m_thumbnails->setSide(thumbnailSide, devicePixelRatioF());
    buildTable();
    m_export = new TableExport(*m_table, tr("duplicates"), [this] {
        return TableContent{m_model->cells(),
                            [images = m_model->images()](const std::stop_token &) { return images; }};
    });
    buildLayout();
    connectParts();
    askForSearch();
}

void DuplicatesView::buildTable() {
    m_table->setObjectName(QStringLiteral("pairTable"));
    m_table->setAccessibleName(tr("Pairs of similar images"));
    m_table->setToolTip(tr("Select pairs to see their images"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new PairDelegate(*m_thumbnails, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(thumbnailSide + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(PairModel::First, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(PairModel::Second, QHeaderView::Stretch);
    m_table->setColumnWidth(PairModel::Cosine,
                            fontMetrics().horizontalAdvance(QStringLiteral("0.00000")) + 24);
    m_table->setColumnWidth(PairModel::Splits,
                            fontMetrics().horizontalAdvance(tr("validation – training: leak")) + 16);
}

void DuplicatesView::buildLayout() {
    m_message->setObjectName(QStringLiteral("duplicatesMessage"));
    m_gallery->setEmptyTexts(tr("No pair selected"), tr("Select pairs to see their images here."));
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("duplicatesSplitter"));
    split->addWidget(m_table);
    split->addWidget(m_gallery);
    split->setChildrenCollapsible(false);
    split->setSizes({560, 300});
    rememberSplitter(*split, QStringLiteral("explore/duplicatesSplitter"));
    auto *page = new QWidget;
    (new QVBoxLayout(page))->addWidget(m_message, 0, Qt::AlignCenter);
    m_stack->addWidget(page);
    m_stack->addWidget(split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_controls);
    layout->addWidget(m_stack, 1);
}

void DuplicatesView::connectParts() {
    connect(m_controls, &DuplicateControls::searchRequested, this, &DuplicatesView::search);
    connect(m_controls, &DuplicateControls::cancelRequested, this, &DuplicatesView::cancel);
    connect(m_controls, &DuplicateControls::edited, this, [this] {
        if (m_hasSearched)
            search();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DuplicatesView::showPairs);
    connect(m_export, &TableExport::done, m_controls, &DuplicateControls::showStatus);
    connect(m_export->menu().addAction(tr("Copy paths of the second images")), &QAction::triggered, this,
            &DuplicatesView::copySecondPaths);
    connect(&m_soon, &QTimer::timeout, this, &DuplicatesView::loadThumbnails);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_thumbnails, &ThumbnailLoader::loaded, m_table->viewport(), qOverload<>(&QWidget::update));
}

void DuplicatesView::showRuns(const std::vector<RunRecord> &runs) {
    const RunRecord &run = runs.front();
    const bool isSame = m_run && m_run->id == run.id && m_run->database == run.database &&
                        checkpointSteps(*m_run) == checkpointSteps(run);
    m_run = run;
    if (isSame)
        return; // only another result
    cancel();
    m_controls->showStatus({});
    m_hasSearched = false;
    askForSearch();
}

void DuplicatesView::askForSearch() {
    showMessage(tr("Near-duplicates and leaks"),
                tr("Pairs of images that are nearly equal are listed here, and those of them that are in "
                   "different splits. “Find pairs” compares all images of the run."));
}

void DuplicatesView::search() {
    if (!m_run)
        return;
    DuplicateRequest request = m_controls->request();
    request.run = *m_run;
    request.device = m_queue.computing() != nullptr ? "cpu" : "";
    m_hasSearched = true;
    m_controls->setSearching(true);
    m_worker.ask(
        [this, request](const BackgroundWorker::Task &task) {
            DuplicateRequest reporting = request;
            reporting.progress = [this, &task](std::size_t done, std::size_t all) {
                task.post([this, done, all] { m_controls->showProgress(done, all); });
            };
            return findDuplicates(reporting, m_features, m_cache, task.stop());
        },
        [this](const DuplicatesPtr &answer) { take(answer); });
}

void DuplicatesView::cancel() {
    if (m_worker.isWorking())
        m_controls->showStatus(tr("The search was cancelled."));
    m_worker.cancel();
    m_controls->setSearching(false);
}

void DuplicatesView::take(const DuplicatesPtr &answer) {
    m_controls->setSearching(false);
    if (answer == nullptr)
        return;
    if (!answer->problem.isEmpty())
        return showMessage(tr("No comparison"), answer->problem);
    m_thumbnails->setDataset(answer->images);
    m_gallery->setDataset(answer->images);
    m_model->setAnswer(answer);
    m_controls->showStatus(statusOf(*answer));
    if (answer->pairs.empty())
        return showMessage(tr("No pairs"),
                           tr("No two of the %1 images are so similar. A smaller cosine lists more pairs.")
                               .arg(countText(answer->compared)));
    m_stack->setCurrentIndex(1);
    showPairs();
    m_soon.start();
}

QString DuplicatesView::statusOf(const DuplicateAnswer &answer) const {
    const auto leaks = std::ranges::count_if(answer.pairs, &ImagePair::isLeak);
    QStringList parts{
        tr("pairs: %1 among %2 images").arg(countText(answer.found), countText(answer.compared))};
    if (answer.pairs.size() < answer.found)
        parts.append(tr("the %1 most similar are listed, with leaks: %2")
                         .arg(countText(answer.pairs.size()), countText(leaks)));
    else
        parts.append(tr("leaks: %1").arg(countText(leaks)));
    if (!answer.areRunImages)
        parts.append(tr("the images have changed since the training"));
    if (!answer.remark.isEmpty())
        parts.append(answer.remark);
    if (answer.unreadable > 0)
        parts.append(tr("unreadable images: %1").arg(countText(answer.unreadable)));
    return parts.join(QStringLiteral(" · "));
}

void DuplicatesView::showMessage(const QString &title, const QString &text) {
    m_message->setTexts(title, text);
    m_stack->setCurrentIndex(0);
    m_model->setAnswer(nullptr);
    m_gallery->setItems({});
}

/// The images of the selected pairs, those of a pair beside each other.
void DuplicatesView::showPairs() {
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    std::vector<GalleryItem> items;
    for (const QModelIndex &row : rows.first(std::min(rows.size(), mostShownPairs))) {
        const ImagePair &pair = m_model->pair(row.row());
        items.push_back({.sample = pair.first, .note = splitText(pair.firstSplit)});
        items.push_back({.sample = pair.second, .note = splitText(pair.secondSplit)});
    }
    m_gallery->setItems(std::move(items), rows.size() > mostShownPairs
                                              ? tr("The first %1 selected pairs").arg(mostShownPairs)
                                              : QString());
}

void DuplicatesView::loadThumbnails() {
    const int first = std::max(0, m_table->rowAt(0));
    const int shown = m_table->viewport()->height() / m_table->verticalHeader()->defaultSectionSize() + 2;
    std::vector<std::uint32_t> samples;
    for (int row = first; row < std::min(first + shown, m_model->rowCount()); ++row) {
        samples.push_back(m_model->pair(row).first);
        samples.push_back(m_model->pair(row).second);
    }
    m_thumbnails->load(samples);
}

/// For those who delete one image of each pair; the index of an image without a file.
void DuplicatesView::copySecondPaths() {
    QStringList lines;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        const std::uint32_t sample = m_model->pair(row.row()).second;
        const auto file = fileOf(*m_model->dataset(), sample);
        lines.append(file ? toQString(*file) : QString::number(sample));
    }
    if (lines.isEmpty())
        return m_controls->showStatus(tr("No pair is selected."));
    lines.removeDuplicates();
    QGuiApplication::clipboard()->setText(lines.join(QChar('\n')));
    m_controls->showStatus(tr("Copied %1 lines.").arg(countText(lines.size())));
}

} // namespace simclr::ui
