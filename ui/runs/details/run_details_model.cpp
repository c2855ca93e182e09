// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details/run_details_model.h"

#include "core/augment/operation.h"
#include "ui/text/dataset_text.h"
#include "ui/text/run_text.h"
#include "ui/text/training_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"

#include <QDateTime>
#include <QFontMetrics>
#include <QGuiApplication>
#include <cmath>
#include <ranges>
#include <utility>

namespace simclr::ui {

namespace {

QString textOf(const Json &value) {
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : toLine(value));
}

QString operationTitle(const Json &step) {
    if (!step.is_object() || !step.contains("operation") || !step["operation"].is_string())
        return RunDetailsModel::tr("unknown");
    const auto id = step["operation"].get<std::string>();
    const OperationType *type = findOperationType(id);
    return type != nullptr ? coreText(type->title) : QString::fromStdString(id);
}

/// The parameters of the step on one line, without its operation.
QString operationSettings(const Json &step) {
    QStringList parts;
    for (const auto &[key, value] : step.items()) {
        if (key == "operation")
            continue;
        if (!value.is_object()) {
            parts.append(QString::fromStdString(key) + QLatin1Char(' ') + textOf(value));
            continue;
        }
        for (const auto &[id, item] : value.items())
            parts.append(QString::fromStdString(id) + QLatin1Char(' ') + textOf(item));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

RunDetailsModel::RunDetailsModel(QObject *parent) : QStandardItemModel(parent) {}

bool RunDetailsModel::setRun(const RunRecord &run) {
    m_sections.clear();
    addRun(run);
    addContinued(run);
    addResults(run);
    addDataset(run);
    addPipeline(run);
    addConfig(run);
    addOrigin(run);
    addNotes(run);
    if (hasTheseRows()) {
        updateValues();
        return false;
    }
    build();
    return true;
}

RunDetailsModel::Section &RunDetailsModel::addSection(const QString &title) {
    m_sections.append({title, {}});
    return m_sections.last();
}

void RunDetailsModel::addRow(Section &section, const QString &name, const QString &value) {
    section.rows.append({name, value});
}

bool RunDetailsModel::hasTheseRows() const {
    if (rowCount() != m_sections.size())
        return false;
    for (int i = 0; i < rowCount(); ++i) {
        const QStandardItem *shown = item(i);
        const Section &wanted = m_sections[i];
        if (shown->text() != wanted.title || shown->rowCount() != wanted.rows.size())
            return false;
        for (int row = 0; row < shown->rowCount(); ++row)
            if (shown->child(row)->text() != wanted.rows[row].name)
                return false;
    }
    return true;
}

void RunDetailsModel::updateValues() {
    for (int i = 0; i < rowCount(); ++i) {
        for (int row = 0; row < m_sections[i].rows.size(); ++row) {
            const QString &value = m_sections[i].rows[row].value;
            QStandardItem *shown = item(i)->child(row, 1);
            if (shown->text() == value)
                continue;
            shown->setText(value);
            shown->setToolTip(plainToolTip(value));
        }
    }
}

void RunDetailsModel::build() {
    clear();
    setHorizontalHeaderLabels({tr("Property"), tr("Value")});
    for (const Section &section : std::as_const(m_sections))
        buildSection(section);
}

void RunDetailsModel::buildSection(const Section &section) {
    auto *title = new QStandardItem(section.title);
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    title->setFont(font);
    title->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    title->setSizeHint(QSize(0, QFontMetrics(QGuiApplication::font()).height() + 14));
    auto *empty = new QStandardItem;
    empty->setFlags(title->flags());
    appendRow({title, empty});
    for (const auto &[name, value] : section.rows) {
        auto *left = new QStandardItem(name);
        auto *right = new QStandardItem(value);
        for (QStandardItem *item : {left, right})
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
        right->setToolTip(plainToolTip(value));
        left->setSizeHint(QSize(0, QFontMetrics(QGuiApplication::font()).height() + 6));
        title->appendRow({left, right});
    }
}

void RunDetailsModel::addRun(const RunRecord &run) {
    Section &section = addSection(tr("Run"));
    addRow(section, tr("number"), QString::number(run.id));
    addRow(section, tr("status"), statusTitle(run.status));
    if (!run.failure.empty())
        addRow(section, tr("reason"), QString::fromStdString(run.failure));
    addRow(section, tr("started"), dateText(run.created));
    if (run.finished)
        addRow(section, tr("finished"), dateText(*run.finished));
    const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
    addRow(section, tr("duration"), durationText(durationSeconds(run, now)));
    addRow(section, tr("epochs"), epochsText(run));
    addRow(section, tr("steps"), tr("%1 of %2").arg(countText(run.lastStep), countText(run.totalSteps)));
    if (run.imagesPerSecond)
        addRow(section, tr("speed, median"),
               tr("%1 images/s").arg(countText(std::llround(*run.imagesPerSecond))));
}

void RunDetailsModel::addContinued(const RunRecord &run) {
    if (!run.origin)
        return;
    Section &section = addSection(tr("Continues"));
    addRow(section, tr("run"),
           tr("%1, “%2”").arg(run.origin->run).arg(QString::fromStdString(run.origin->name)));
    addRow(section, tr("after step"), countText(run.origin->step));
    addRow(section, tr("after epoch"), QString::number(run.origin->epoch, 'g', 6));
    for (const auto &[option, values] : run.origin->changes.items())
        addRow(section, settingTitle("config." + option),
               tr("%1 → %2").arg(textOf(values[0]), textOf(values[1])));
}

/// The newest first, as on the Evaluate tab.
void RunDetailsModel::addResults(const RunRecord &run) {
    Section &section = addSection(tr("Results, with 95 % intervals"));
    for (const Result &result : run.results | std::views::reverse) {
        const QString when = encoderTitle(run, result);
        addRow(section, tr("%1, %2, %3").arg(resultText(result), splitText(result.key.split), when),
               accuracyText(run, result));
    }
    if (run.results.empty())
        addRow(section, run.dataset.classes > 0 ? tr("not evaluated yet") : tr("the images have no labels"),
               {});
}

void RunDetailsModel::addDataset(const RunRecord &run) {
    const DatasetRecord &dataset = run.dataset;
    Section &section = addSection(tr("Images"));
    addRow(section, tr("title"), QString::fromStdString(dataset.title));
    addRow(section, tr("source"), fullSourceText(QString::fromStdString(dataset.source)));
    if (dataset.learnsFromOthers())
        addRow(section, tr("learned from"), countText(dataset.learnedImages()));
    addRow(section, tr("training, validation, test"),
           tr("%1 · %2 · %3")
               .arg(countText(dataset.trainImages), countText(dataset.validationImages),
                    countText(dataset.testImages)));
    addRow(section, tr("classes"), countText(dataset.classes));
    if (dataset.broken > 0)
        addRow(section, tr("broken files"), countText(dataset.broken));
    addRow(section, tr("fingerprint"), QString::fromStdString(dataset.fingerprint));
}

void RunDetailsModel::addPipeline(const RunRecord &run) {
    Section &section = addSection(tr("Pipeline"));
    addRow(section, tr("name"), pipelineName(run));
    if (!run.pipeline.is_object() || !run.pipeline.contains("steps") || !run.pipeline["steps"].is_array())
        return;
    for (const Json &step : run.pipeline["steps"])
        addRow(section, operationTitle(step), step.is_object() ? operationSettings(step) : textOf(step));
}

void RunDetailsModel::addConfig(const RunRecord &run) {
    Section &section = addSection(tr("Options"));
    if (!run.config.is_object())
        return;
    for (const auto &[key, value] : run.config.items())
        addRow(section, settingTitle("config." + key), textOf(value));
}

void RunDetailsModel::addOrigin(const RunRecord &run) {
    Section &section = addSection(tr("Made with"));
    addRow(section, tr("seed"), QString::number(run.seed));
    addRow(section, tr("device"), QString::fromStdString(run.device));
    addRow(section, tr("precision"), QString::fromStdString(run.precision));
    addRow(section, tr("program"), QString::fromStdString(run.programVersion));
    if (run.libraries.is_object())
        for (const auto &[key, value] : run.libraries.items())
            addRow(section, QString::fromStdString(key), textOf(value));
    if (!run.weightsSha256.empty())
        addRow(section, tr("SHA-256 of the weights"), QString::fromStdString(run.weightsSha256));
    for (const ArtifactRecord &artifact : run.artifacts)
        addRow(section,
               tr("%1, step %2").arg(QString::fromStdString(artifact.kind), countText(artifact.step)),
               QString::fromStdString(artifact.path.text()));
}

void RunDetailsModel::addNotes(const RunRecord &run) {
    if (run.notes.empty())
        return;
    Section &section = addSection(tr("Notes"));
    for (const NoteRecord &note : run.notes)
        addRow(section, dateText(note.time), QString::fromStdString(note.message));
}

} // namespace simclr::ui
