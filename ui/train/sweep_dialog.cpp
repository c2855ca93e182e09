// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sweep_dialog.h"

#include "ui/document/recent_pipelines.h"
#include "ui/text/sentence_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/workspace/queue_forecast.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int listHeight = 84;

QListWidget *checkList(const QString &name, const QString &spoken, QWidget *parent) {
    auto *list = new QListWidget(parent);
    list->setObjectName(name);
    list->setAccessibleName(spoken);
    list->setMaximumHeight(listHeight);
    return list;
}

void addCheck(QListWidget &list, const QString &text, const QVariant &value, bool isChecked) {
    auto *item = new QListWidgetItem(text, &list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setData(Qt::UserRole, value);
    item->setCheckState(isChecked ? Qt::Checked : Qt::Unchecked);
}

QVariantList checkedOf(const QListWidget &list) {
    QVariantList values;
    for (int row = 0; row < list.count(); ++row)
        if (list.item(row)->checkState() == Qt::Checked)
            values.append(list.item(row)->data(Qt::UserRole));
    return values;
}

/// Options whose values can be listed; the seeds have a field of their own.
bool isOffered(const Parameter &parameter) {
    return parameter.kind != ParameterKind::Interval && parameter.kind != ParameterKind::Text &&
           parameter.id != "seed";
}

bool isListed(const Parameter &parameter) {
    return parameter.kind == ParameterKind::Choice || parameter.kind == ParameterKind::Boolean;
}

void addPipeline(std::vector<Pipeline> &library, Pipeline pipeline) {
    if (std::ranges::find(library, pipeline.name, &Pipeline::name) == library.end())
        library.push_back(std::move(pipeline));
}

} // namespace

std::vector<Pipeline> pipelineLibrary(const Pipeline &current) {
    std::vector<Pipeline> library{current};
    for (const PipelinePreset &preset : pipelinePresets())
        addPipeline(library, pipelineByName(preset.id));
    for (const std::filesystem::path &file : recentPipelines()) {
        try {
            addPipeline(library, usablePipeline(file.string()));
        } catch (const Error &) {
            continue; // deleted or damaged since
        }
    }
    library.erase(library.begin());
    return library;
}

AxisEditor::AxisEditor(QWidget *parent)
    : QWidget(parent),
      m_option(new QComboBox(this)),
      m_values(new QLineEdit(this)),
      m_choices(checkList(QStringLiteral("axisChoices"), tr("Values"), this)) {
    m_option->setObjectName(QStringLiteral("axisOption"));
    m_option->setAccessibleName(tr("Option"));
    m_values->setObjectName(QStringLiteral("axisValues"));
    m_values->setAccessibleName(tr("Values"));
    m_values->setPlaceholderText(tr("Values, such as 0.1, 0.5, 1"));
    for (const Parameter &parameter : trainOptionsDescription().schema())
        if (isOffered(parameter))
            m_option->addItem(coreText(parameter.title), QString::fromStdString(parameter.id));
    QToolButton *remove = iconButton(QStringLiteral("removeAxis"), QStringLiteral("edit-delete"),
                                     tr("Removes this option from the grid"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_option, 0, Qt::AlignTop);
    row->addWidget(m_values, 1, Qt::AlignTop);
    row->addWidget(m_choices, 1);
    row->addWidget(remove, 0, Qt::AlignTop);
    connect(m_option, &QComboBox::currentIndexChanged, this, [this] { showEditor(); });
    connect(m_values, &QLineEdit::textChanged, this, &AxisEditor::edited);
    connect(m_choices, &QListWidget::itemChanged, this, &AxisEditor::edited);
    connect(remove, &QToolButton::clicked, this, &AxisEditor::removed);
    m_option->setCurrentIndex(m_option->findData(QStringLiteral("learning_rate")));
    showEditor();
}

void AxisEditor::showEditor() {
    const Parameter &parameter =
        trainOptionsDescription().parameter(m_option->currentData().toString().toStdString(), "grid");
    m_values->setVisible(!isListed(parameter));
    m_choices->setVisible(isListed(parameter));
    m_choices->clear();
    for (const Choice &choice : parameter.choices)
        addCheck(*m_choices, coreText(choice.title), QString::fromStdString(choice.id), false);
    if (parameter.kind == ParameterKind::Boolean)
        for (const QString &value : {QStringLiteral("true"), QStringLiteral("false")})
            addCheck(*m_choices, value == QStringLiteral("true") ? tr("On") : tr("Off"), value, false);
    Q_EMIT edited();
}

GridAxis AxisEditor::axis() const {
    QString text = m_values->text();
    if (!m_choices->isHidden()) {
        QStringList values;
        for (const QVariant &value : checkedOf(*m_choices))
            values.append(value.toString());
        text = values.join(QLatin1Char(','));
    }
    if (text.trimmed().isEmpty())
        throw InvalidInput(tr("%1 has no value").arg(m_option->currentText()).toStdString());
    return axisFromText(m_option->currentData().toString().toStdString(), text.toStdString());
}

void AxisEditor::setAxis(const QString &option, const QString &values) {
    m_option->setCurrentIndex(m_option->findData(option));
    m_values->setText(values);
    const QStringList chosen = values.split(QLatin1Char(','));
    for (int row = 0; row < m_choices->count(); ++row)
        if (chosen.contains(m_choices->item(row)->data(Qt::UserRole).toString()))
            m_choices->item(row)->setCheckState(Qt::Checked);
}

SweepDialog::SweepDialog(Grid base, const std::vector<Pipeline> &library, QueueForecast &forecast,
                         QWidget *parent)
    : QDialog(parent),
      m_base(std::move(base)),
      m_library{m_base.base.pipeline},
      m_forecast(forecast),
      m_axisColumn(new QVBoxLayout),
      m_pipelines(checkList(QStringLiteral("sweepPipelines"), tr("Pipelines"), this)),
      m_seeds(new QLineEdit(QStringLiteral("1-3"), this)),
      m_summary(plainLabel({}, this)),
      m_add(new QPushButton(this)) {
    setObjectName(QStringLiteral("sweepDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add a grid of runs"));
    m_seeds->setObjectName(QStringLiteral("sweepSeeds"));
    m_seeds->setAccessibleName(tr("Seeds"));
    m_seeds->setPlaceholderText(tr("Seeds, such as 1-3; empty: that of the form"));
    m_summary->setObjectName(QStringLiteral("sweepSummary"));
    m_summary->setWordWrap(true);
    m_add->setObjectName(QStringLiteral("sweepAdd"));
    m_add->setDefault(true);
    addPipelines(library);
    buildLayout();
    connect(m_pipelines, &QListWidget::itemChanged, this, &SweepDialog::update);
    connect(m_seeds, &QLineEdit::textChanged, this, &SweepDialog::update);
    connect(&m_forecast, &QueueForecast::changed, this, &SweepDialog::update);
    m_forecast.look(m_base.images);
    update();
}

void SweepDialog::addPipelines(const std::vector<Pipeline> &library) {
    m_library.insert(m_library.end(), library.begin(), library.end());
    for (std::size_t i = 0; i < m_library.size(); ++i) {
        const QString name = QString::fromStdString(m_library[i].name);
        addCheck(*m_pipelines, i == 0 ? tr("%1 (of the form)").arg(name) : name, static_cast<int>(i), i == 0);
    }
}

void SweepDialog::buildLayout() {
    auto *another = new QPushButton(tr("Add an option"), this);
    another->setObjectName(QStringLiteral("addAxis"));
    connect(another, &QPushButton::clicked, this, &SweepDialog::addAxis);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_add, QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &SweepDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SweepDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(plainLabel(tr("One run is added for every combination. All other options are those of "
                                    "the form."),
                                 this));
    column->addWidget(headingLabel(tr("Options"), this));
    column->addLayout(m_axisColumn);
    column->addWidget(another, 0, Qt::AlignLeft);
    column->addWidget(headingLabel(tr("Pipelines"), this));
    column->addWidget(m_pipelines);
    column->addWidget(headingLabel(tr("Seeds"), this));
    column->addWidget(m_seeds);
    column->addStretch(1);
    column->addWidget(m_summary);
    column->addWidget(buttons);
    setMinimumWidth(520);
}

AxisEditor *SweepDialog::addAxis() {
    auto *axis = new AxisEditor(this);
    m_axes.append(axis);
    m_axisColumn->addWidget(axis);
    connect(axis, &AxisEditor::edited, this, &SweepDialog::update);
    connect(axis, &AxisEditor::removed, this, [this, axis] {
        m_axes.removeOne(axis);
        axis->deleteLater();
        update();
    });
    update();
    return axis;
}

Grid SweepDialog::grid() const {
    Grid grid = m_base;
    for (const AxisEditor *axis : m_axes)
        grid.axes.push_back(axis->axis());
    for (const QVariant &place : checkedOf(*m_pipelines))
        grid.pipelines.push_back(m_library[static_cast<std::size_t>(place.toInt())]);
    if (!m_seeds->text().trimmed().isEmpty())
        grid.seeds = seedsFromText(m_seeds->text().toStdString());
    return grid;
}

QString SweepDialog::timeText(const std::vector<TrainJob> &jobs) const {
    double sum = 0;
    for (const TrainJob &job : jobs) {
        const double seconds = m_forecast.secondsOf(job);
        if (seconds < 0)
            return tr("Their time is unknown until such a run is measured or has been trained.");
        sum += seconds;
    }
    return tr("About %1 in all.").arg(durationText(sum));
}

void SweepDialog::update() {
    m_jobs.clear();
    try {
        m_jobs = jobsOf(grid());
        m_summary->setText(tr("Runs: %1.").arg(m_jobs.size()) + QLatin1Char(' ') + timeText(m_jobs));
    } catch (const Error &error) {
        m_summary->setText(sentenceText(error));
    }
    m_add->setEnabled(!m_jobs.empty());
    m_add->setText(m_jobs.empty() ? tr("Add to queue") : tr("Add to queue (%1)").arg(m_jobs.size()));
}

void SweepDialog::accept() {
    if (m_jobs.empty())
        return;
    Q_EMIT chosen(m_jobs);
    QDialog::accept();
}

} // namespace simclr::ui
