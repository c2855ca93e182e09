// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/pipelines/pipelines_panel.h"

#include "core/run/run.h"
#include "ui/design/preview/preview_painting.h"
#include "ui/runs/compare/pipelines/pipelines_canvas.h"
#include "ui/runs/explore/run_images.h"
#include "ui/text/run_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <algorithm>

namespace simclr::ui {

namespace {

/// More columns are too narrow.
constexpr std::size_t mostPipelines = 6;

/// The side of the views of a run; 32 if its options cannot be read.
int viewSizeOf(const RunRecord &run) {
    try {
        return int(configurationOf(run).options.imageSize);
    } catch (const std::exception &) {
        return 32;
    }
}

} // namespace

PipelinesPanel::PipelinesPanel(DatasetCache &images, QWidget *parent)
    : QWidget(parent),
      m_images(new RunImages(images, this)),
      m_count(new QSpinBox),
      m_seed(new QDoubleSpinBox),
      m_hint(new ElidedLabel),
      m_stack(new QStackedWidget),
      m_message(new EmptyState(QStringLiteral("view-split-left-right"), {}, {})),
      m_canvas(new PipelinesCanvas),
      m_differences(new QTableWidget) {
    setObjectName(QStringLiteral("pipelinesPanel"));
    m_message->setObjectName(QStringLiteral("pipelinesMessage"));
    auto *page = new QWidget;
    (new QVBoxLayout(page))->addWidget(m_message, 0, Qt::AlignCenter);
    m_stack->addWidget(page);
    m_stack->addWidget(buildContent());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(buildControls());
    layout->addWidget(m_stack, 1);
    connect(m_images, &RunImages::changed, this, &PipelinesPanel::request);
    connect(m_count, &QSpinBox::valueChanged, this, &PipelinesPanel::request);
    connect(m_seed, &QDoubleSpinBox::valueChanged, this, &PipelinesPanel::request);
    refresh();
}

QWidget *PipelinesPanel::buildControls() {
    m_count->setObjectName(QStringLiteral("pipelineImages"));
    m_count->setToolTip(tr("Number of images"));
    m_count->setRange(1, 48);
    m_count->setValue(6);
    m_seed->setObjectName(QStringLiteral("pipelineSeed"));
    m_seed->setToolTip(
        tr("Seed of the random numbers, the same for all pipelines: the views that a run with this "
           "seed trains on in its first epoch"));
    m_seed->setDecimals(0);
    m_seed->setRange(0, 1e15);
    m_seed->setValue(1);
    m_seed->setMaximumWidth(fontMetrics().averageCharWidth() * 20);
    m_hint->setObjectName(QStringLiteral("pipelinesHint"));
    QToolButton *next = iconButton(QStringLiteral("nextPipelineSample"), QStringLiteral("view-refresh"),
                                   tr("Next sample: other random numbers"));
    QToolButton *copy = iconButton(QStringLiteral("copyPipelines"), QStringLiteral("edit-copy"),
                                   tr("Copy the images as a picture"));
    connect(next, &QToolButton::clicked, this, &PipelinesPanel::renderNextSample);
    connect(copy, &QToolButton::clicked, this, &PipelinesPanel::copyPicture);
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    const auto add = [row](const QString &title, QWidget *field) {
        QLabel *label = plainLabel(title);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
    };
    add(tr("Images"), m_count);
    add(tr("Seed"), m_seed);
    row->addWidget(next);
    row->addWidget(copy);
    row->addWidget(m_hint, 1);
    return bar;
}

QWidget *PipelinesPanel::buildContent() {
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pipelinesScroll"));
    scroll->setAccessibleName(tr("Views of each pipeline"));
    scroll->setWidget(m_canvas);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_differences->setObjectName(QStringLiteral("pipelineDifferences"));
    m_differences->setAccessibleName(tr("Differences of the pipelines"));
    m_differences->setToolTip(tr("Settings in which the pipelines differ"));
    m_differences->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_differences->setShowGrid(false);
    m_differences->setFrameShape(QFrame::NoFrame);
    m_differences->setWordWrap(false);
    m_differences->verticalHeader()->hide();
    m_differences->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("pipelinesSplitter"));
    split->addWidget(scroll);
    split->addWidget(m_differences);
    split->setChildrenCollapsible(false);
    split->setSizes({620, 380});
    rememberSplitter(*split, QStringLiteral("compare/pipelinesSplitter"));
    return split;
}

void PipelinesPanel::setRuns(const std::vector<RunRecord> &runs) {
    const auto isSame = [](const RunRecord &one, const RunRecord &other) {
        return one.id == other.id && one.pipeline == other.pipeline;
    };
    if (std::ranges::equal(runs, m_runs, isSame))
        return;
    m_runs = runs;
    m_isOutdated = true;
    if (isVisible())
        refresh();
}

void PipelinesPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_isOutdated)
        refresh();
}

void PipelinesPanel::refresh() {
    m_isOutdated = false;
    m_pipelines = comparedPipelines(m_runs);
    m_different = m_pipelines.size();
    if (m_different > mostPipelines)
        m_pipelines.resize(mostPipelines);
    if (m_pipelines.empty())
        return showMessage(
            tr("Pipelines side by side"),
            tr("The same images as the pipelines of the selected runs render them, with the same "
               "seed, and what differs. Select two or more runs above."));
    showDifferences();
    showHint();
    m_images->open(m_pipelines.front().runs.front().dataset);
    request();
}

void PipelinesPanel::showHint() {
    QStringList parts;
    if (m_pipelines.size() == 1 && m_runs.size() > 1)
        parts.append(tr("All selected runs have the same pipeline."));
    if (m_different > mostPipelines)
        parts.append(tr("Showing the first %1 of %2 pipelines.").arg(mostPipelines).arg(m_different));
    parts.append(tr("Images of “%1”, %2 px")
                     .arg(QString::fromStdString(m_pipelines.front().runs.front().dataset.title))
                     .arg(viewSizeOf(m_pipelines.front().runs.front())));
    m_hint->setText(parts.join(QChar(' ')));
}

void PipelinesPanel::request() {
    if (m_pipelines.empty())
        return;
    if (m_images->dataset() == nullptr)
        return showMessage(m_images->isOpening() ? tr("Opening the images …") : tr("No images"),
                           m_images->problem());
    PipelineRequest wanted{m_images->dataset(), m_pipelines, std::size_t(m_count->value())};
    wanted.seed = static_cast<std::uint64_t>(m_seed->value());
    wanted.viewSize = viewSizeOf(m_pipelines.front().runs.front());
    m_worker.ask(
        [wanted](const BackgroundWorker::Task &task) { return renderPipelines(wanted, task.stop()); },
        [this](const PipelineSamplesPtr &samples) {
            m_canvas->setSamples(samples);
            m_stack->setCurrentIndex(1);
        });
}

void PipelinesPanel::showDifferences() {
    std::vector<RunRecord> representatives;
    QStringList titles{tr("Setting")};
    for (const ComparedPipeline &each : m_pipelines) {
        representatives.push_back(each.runs.front());
        titles.append(each.title());
    }
    std::vector<ConfigDifference> differences = configDifferences(representatives);
    std::erase_if(differences, [](const ConfigDifference &each) {
        return !each.path.starts_with("pipeline.") || each.path == "pipeline.name";
    });
    m_differences->setVisible(!differences.empty());
    m_differences->setColumnCount(int(titles.size()));
    m_differences->setHorizontalHeaderLabels(titles);
    m_differences->setRowCount(int(differences.size()));
    for (int row = 0; row < int(differences.size()); ++row) {
        const ConfigDifference &each = differences[std::size_t(row)];
        m_differences->setItem(row, 0, new QTableWidgetItem(settingTitle(each.path)));
        for (int column = 0; column < int(each.values.size()); ++column)
            m_differences->setItem(
                row, column + 1,
                new QTableWidgetItem(QString::fromStdString(each.values[std::size_t(column)])));
    }
    m_differences->resizeColumnsToContents();
}

void PipelinesPanel::showMessage(const QString &title, const QString &text) {
    m_worker.cancel();
    m_message->setTexts(title, text);
    m_stack->setCurrentIndex(0);
}

void PipelinesPanel::renderNextSample() {
    m_seed->setValue(m_seed->value() + 1);
}

void PipelinesPanel::copyPicture() {
    if (m_canvas->samples() == nullptr)
        return;
    QGuiApplication::clipboard()->setImage(pictureOf(*m_canvas));
    m_hint->setText(tr("Copied as a picture."));
}

} // namespace simclr::ui
