// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/confusion/confusion_view.h"

#include "ui/runs/explore/confusion/class_accuracy_model.h"
#include "ui/runs/explore/confusion/confusion_items.h"
#include "ui/runs/explore/confusion/confusion_matrices.h"
#include "ui/runs/explore/confusion/share_bar_delegate.h"
#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/result_picker.h"
#include "ui/runs/explore/run_images.h"
#include "ui/runs/explore/table_export.h"
#include "ui/text/run_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <algorithm>

namespace simclr::ui {

namespace {

/// For a table of one run.
ConfusionPtr onlyFirst(const ConfusionReading &reading) {
    auto first = std::make_shared<ConfusionReading>();
    first->runs.push_back(reading.runs.front());
    return first;
}

} // namespace

ConfusionView::ConfusionView(DatasetCache &images, QWidget *parent)
    : ExploreView(parent),
      m_images{new RunImages(images, this), new RunImages(images, this)},
      m_picker(new ResultPicker),
      m_order(new QComboBox),
      m_difference(new QCheckBox(tr("Difference"))),
      m_summary(new ElidedLabel),
      m_stack(new QStackedWidget),
      m_message(new EmptyState(QStringLiteral("view-grid"), {}, {})),
      m_matrices(new ConfusionMatrices),
      m_tabs(new QTabWidget),
      m_gallery(new ImageGallery),
      m_classes(new ClassAccuracyModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView) {
    buildControls();
    buildLayout();
    connectParts();
}

void ConfusionView::buildControls() {
    m_order->setObjectName(QStringLiteral("classOrder"));
    m_order->setAccessibleName(tr("Order of the classes"));
    m_order->setToolTip(tr("Order of the classes in the matrix"));
    m_order->addItems({tr("Classes in order"), tr("Most errors first")});
    m_difference->setObjectName(QStringLiteral("confusionDifference"));
    m_difference->setToolTip(tr("Show the second run minus the first instead of the second run"));
    m_summary->setObjectName(QStringLiteral("confusionSummary"));
    m_summary->setToolTip(intervalHelp());
    m_message->setObjectName(QStringLiteral("confusionMessage"));
    m_gallery->setEmptyTexts(tr("No images"), tr("No evaluated image is predicted so."));
}

QWidget *ConfusionView::buildClasses() {
    m_sorted->setSourceModel(m_classes);
    m_sorted->setSortRole(Qt::UserRole);
    m_sorted->setSortLocaleAware(true);
    m_table->setObjectName(QStringLiteral("classTable"));
    m_table->setAccessibleName(tr("Accuracy by class"));
    m_table->setToolTip(tr("Select a class to see its errors"));
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new ShareBarDelegate(m_table));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    auto *tables = new TableExport(*m_table, tr("classes"), [this] {
        return TableContent{{},
                            [images = m_images[0]->dataset()](const std::stop_token &) { return images; }};
    });
    connect(tables, &TableExport::done, m_summary, [this](const QString &what) { m_summary->setText(what); });
    return m_table;
}

void ConfusionView::buildLayout() {
    auto *controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_picker);
    controls->addWidget(m_order);
    controls->addWidget(m_difference);
    controls->addWidget(m_summary, 1);
    m_tabs->setObjectName(QStringLiteral("confusionTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Images and classes"));
    m_tabs->addTab(m_gallery, tr("Images"));
    m_tabs->addTab(buildClasses(), tr("Accuracy by class"));
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("confusionSplitter"));
    split->addWidget(m_matrices);
    split->addWidget(m_tabs);
    split->setChildrenCollapsible(false);
    split->setSizes({460, 440});
    rememberSplitter(*split, QStringLiteral("explore/confusionSplitter"));
    auto *page = new QWidget;
    (new QVBoxLayout(page))->addWidget(m_message, 0, Qt::AlignCenter);
    m_stack->addWidget(page);
    m_stack->addWidget(split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(controls);
    layout->addWidget(m_stack, 1);
}

void ConfusionView::connectParts() {
    connect(m_picker, &ResultPicker::chosen, this, &ConfusionView::read);
    connect(m_order, &QComboBox::activated, this, [this](int order) {
        m_matrices->setOrder(order == 0 ? ConfusionMatrices::Order::ByClass
                                        : ConfusionMatrices::Order::MostErrorsFirst);
    });
    connect(m_difference, &QCheckBox::toggled, this, [this] {
        m_matrices->showDifference(showsDifference());
        showImages();
    });
    connect(m_matrices, &ConfusionMatrices::placeChosen, this, [this](int run, const MatrixPlace &place) {
        choose(std::size_t(run), place);
        m_tabs->setCurrentWidget(m_gallery);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &row) {
                if (const QModelIndex source = m_sorted->mapToSource(row); source.isValid())
                    choose(0, {std::size_t(source.row()), {}});
            });
    for (RunImages *images : m_images)
        connect(images, &RunImages::changed, this, [this] {
            for (const std::size_t run : {std::size_t(0), std::size_t(1)})
                m_matrices->setDataset(run, m_images[run]->dataset());
            m_classes->setDataset(m_images[0]->dataset());
            showImages();
        });
}

QStringList ConfusionView::names() const {
    QStringList titles;
    for (const RunRecord &run : m_runs)
        titles.append(runTitle(run));
    return titles;
}

void ConfusionView::showRuns(const std::vector<RunRecord> &runs) {
    if (!std::ranges::equal(runs, m_runs, {}, &RunRecord::id, &RunRecord::id))
        m_place = {}; // otherwise there are only new results
    m_runs = runs;
    m_picker->setRuns(runs);
    read();
}

void ConfusionView::read() {
    const ResultChoice *choice = m_picker->choice();
    if (choice == nullptr) {
        m_worker.cancel();
        return showProblem(
            m_runs.size() > 1 ? tr("No evaluation in common") : tr("Not evaluated yet"),
            tr("The confusion matrix, the accuracy of each class and the worst images come from "
               "the predictions of an evaluation. Evaluate the run in the tab Evaluate."));
    }
    m_reading = nullptr; // of an earlier selection
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        m_images[i]->open(imagesOf(m_runs[i], choice->results[i]));
    m_worker.ask([runs = m_runs, choice = *choice](
                     const BackgroundWorker::Task &task) { return readConfusion(runs, choice, task.stop()); },
                 [this](const ConfusionPtr &reading) { take(reading); });
}

void ConfusionView::take(const ConfusionPtr &reading) {
    if (!reading->problem.isEmpty())
        return showProblem(tr("No predictions"), reading->problem);
    m_reading = reading;
    m_stack->setCurrentIndex(1);
    m_areComparable = areOfSameImages(m_runs, *m_picker->choice());
    m_difference->setVisible(m_runs.size() > 1 && m_areComparable);
    m_matrices->setReading(reading, names());
    m_matrices->showDifference(showsDifference());
    m_classes->setReading(m_areComparable ? reading : onlyFirst(*reading), names());
    m_table->resizeColumnsToContents();
    showSummary();
    const bool isThere = m_run < m_runs.size() && m_place != MatrixPlace();
    choose(isThere ? m_run : 0, isThere ? m_place : MatrixPlace());
}

void ConfusionView::showSummary() {
    const ResultChoice *choice = m_picker->choice();
    QStringList parts;
    for (std::size_t i = 0; choice != nullptr && i < m_runs.size(); ++i) {
        const QString accuracy = accuracyText(m_runs[i], choice->results[i]);
        parts.append(m_runs.size() == 1 ? accuracy : tr("run %1: %2").arg(m_runs[i].id).arg(accuracy));
    }
    if (choice != nullptr && !areOfSameImages(m_runs, *choice))
        parts.append(tr("evaluated on different images"));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

void ConfusionView::showProblem(const QString &title, const QString &text) {
    m_reading = nullptr;
    m_summary->setText({});
    m_message->setTexts(title, text);
    m_stack->setCurrentIndex(0);
}

void ConfusionView::choose(std::size_t run, const MatrixPlace &place) {
    m_run = run;
    m_place = place;
    m_matrices->setChosen(run, place);
    showImages();
}

/// Runs of different images may have different classes.
bool ConfusionView::showsDifference() const {
    return m_areComparable && m_difference->isChecked();
}

const RunImages &ConfusionView::imagesOfRun(std::size_t run) const {
    return *m_images[run];
}

void ConfusionView::showImages() {
    if (m_reading == nullptr)
        return;
    const bool isDifference = m_run == 1 && showsDifference();
    const RunImages &images = imagesOfRun(m_run);
    m_gallery->setDataset(images.dataset(), images.problem());
    if (m_place == MatrixPlace())
        return m_gallery->setItems(worstItems(*m_reading),
                                   tr("Wrong in most evaluations first, of %1 (confidences are not stored)")
                                       .arg(m_reading->evaluations));
    const QString what = m_matrices->textOf(m_run, m_place);
    const QString run = m_runs.size() > 1 && !isDifference ? tr("run %1: ").arg(m_runs[m_run].id) : QString();
    m_gallery->setItems(
        isDifference ? itemsThatDiffer(m_reading->runs[0], m_reading->runs[1], m_place, images.dataset())
                     : itemsAt(m_reading->runs[m_run], m_place),
        run + what);
}

} // namespace simclr::ui
