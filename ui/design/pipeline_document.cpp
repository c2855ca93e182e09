// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline_document.h"

#include "core/augment/operation.h"
#include "core/util/error.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

/// Swaps the document between two pipelines. Commands that carry the same merge key become one step, so that
/// a slider drag is undone as a whole; a step that ends where it began removes itself.
class PipelineCommand : public QUndoCommand {
  public:
    PipelineCommand(PipelineDocument &document, Pipeline after, bool structure, const QString &text,
                    QString mergeKey = {})
        : QUndoCommand(text),
          m_document(document),
          m_before(document.pipeline()),
          m_after(std::move(after)),
          m_structure(structure),
          m_mergeKey(std::move(mergeKey)) {}

    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand *other) override {
        const auto &next = static_cast<const PipelineCommand &>(*other);
        if (next.m_mergeKey != m_mergeKey)
            return false;
        m_after = next.m_after;
        setObsolete(m_after == m_before);
        return true;
    }
    void undo() override { m_document.assign(m_before, m_structure); }
    void redo() override { m_document.assign(m_after, m_structure); }

  private:
    PipelineDocument &m_document;
    Pipeline m_before;
    Pipeline m_after;
    bool m_structure;
    QString m_mergeKey;
};

/// Changes the file along with the pipeline. Each side of the step keeps the file it was left with, because
/// one may save in between.
class ReplaceCommand : public PipelineCommand {
  public:
    ReplaceCommand(PipelineDocument &document, const Pipeline &after, const QString &text)
        : ReplaceCommand(document, after, text, {.file = {}, .saved = document.m_origin.saved}) {}
    ReplaceCommand(PipelineDocument &document, const Pipeline &after, const QString &text,
                   PipelineDocument::Origin origin)
        : PipelineCommand(document, after, true, text), m_document(document), m_other(std::move(origin)) {}

    void undo() override {
        m_document.exchangeOrigin(m_other);
        PipelineCommand::undo();
    }
    void redo() override {
        m_document.exchangeOrigin(m_other);
        PipelineCommand::redo();
    }

  private:
    PipelineDocument &m_document;
    PipelineDocument::Origin m_other;
};

PipelineDocument::PipelineDocument(QObject *parent) : QObject(parent) {}

const Pipeline &PipelineDocument::pipeline() const {
    return m_pipeline;
}
QUndoStack *PipelineDocument::undoStack() {
    return &m_undo;
}
bool PipelineDocument::isModified() const {
    return m_pipeline != m_origin.saved;
}
const std::filesystem::path &PipelineDocument::file() const {
    return m_origin.file;
}

void PipelineDocument::insertStep(int row, const QString &operation) {
    Pipeline after = m_pipeline;
    const int at = std::clamp(row, 0, int(after.steps.size()));
    after.steps.insert(after.steps.begin() + at, makeStep(operation.toStdString()));
    m_undo.push(new PipelineCommand(*this, std::move(after), true, tr("add %1").arg(titleOf(operation))));
}

void PipelineDocument::duplicateStep(int row) {
    if (!hasStep(row))
        return;
    Pipeline after = m_pipeline;
    after.steps.insert(after.steps.begin() + row + 1, m_pipeline.steps[std::size_t(row)]);
    m_undo.push(new PipelineCommand(*this, std::move(after), true, tr("duplicate %1").arg(stepTitle(row))));
}

void PipelineDocument::removeStep(int row) {
    if (!hasStep(row))
        return;
    Pipeline after = m_pipeline;
    after.steps.erase(after.steps.begin() + row);
    m_undo.push(new PipelineCommand(*this, std::move(after), true, tr("remove %1").arg(stepTitle(row))));
}

void PipelineDocument::dropSecondBranch() {
    if (!m_pipeline.secondSteps)
        return;
    Pipeline after = m_pipeline;
    after.secondSteps.reset();
    m_undo.push(
        new PipelineCommand(*this, std::move(after), true, tr("use the first view's steps for both")));
}

void PipelineDocument::moveStep(int from, int to) {
    if (!hasStep(from) || !hasStep(to) || from == to)
        return;
    Pipeline after = m_pipeline;
    const auto begin = after.steps.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    m_undo.push(new PipelineCommand(*this, std::move(after), true, tr("move %1").arg(stepTitle(from))));
}

void PipelineDocument::setStepEnabled(int row, bool enabled) {
    if (!hasStep(row) || m_pipeline.steps[std::size_t(row)].enabled == enabled)
        return;
    Pipeline after = m_pipeline;
    after.steps[std::size_t(row)].enabled = enabled;
    const QString text = enabled ? tr("switch on %1") : tr("switch off %1");
    m_undo.push(new PipelineCommand(*this, std::move(after), false, text.arg(stepTitle(row))));
}

void PipelineDocument::setStepProbability(int row, double probability) {
    if (!hasStep(row) || !m_pipeline.steps[std::size_t(row)].isKnown() ||
        m_pipeline.steps[std::size_t(row)].probability == probability)
        return;
    Pipeline after = m_pipeline;
    after.steps[std::size_t(row)].probability = std::clamp(probability, 0.0, 1.0);
    m_undo.push(new PipelineCommand(*this, std::move(after), false,
                                    tr("probability of %1").arg(stepTitle(row)),
                                    QStringLiteral("%1/probability").arg(row)));
}

void PipelineDocument::setParameter(int row, const QString &id, const Value &value) {
    if (!hasStep(row) || !m_pipeline.steps[std::size_t(row)].isKnown())
        return;
    Pipeline after = m_pipeline;
    PipelineStep &step = after.steps[std::size_t(row)];
    const OperationType *type = findOperationType(step.operation);
    const Parameter *parameter = type ? find(type->schema, id.toStdString()) : nullptr;
    if (!parameter)
        throw InvalidInput(step.operation + " has no parameter \"" + id.toStdString() + "\"");
    checkValue(*parameter, value, type->title);
    if (step.parameters[parameter->id] == value)
        return;
    step.parameters[parameter->id] = value;
    const QString title = QString::fromStdString(parameter->title).toLower();
    m_undo.push(new PipelineCommand(*this, std::move(after), false, tr("%1 of %2").arg(title, stepTitle(row)),
                                    QStringLiteral("%1/parameter/%2").arg(row).arg(id)));
}

void PipelineDocument::rename(const QString &name) {
    if (m_pipeline.name == name.toStdString())
        return;
    Pipeline after = m_pipeline;
    after.name = name.toStdString();
    m_undo.push(new PipelineCommand(*this, std::move(after), false, tr("rename"), QStringLiteral("name")));
}

void PipelineDocument::change(const Pipeline &after, const QString &text) {
    if (after != m_pipeline)
        m_undo.push(new PipelineCommand(*this, after, true, text));
}

void PipelineDocument::replace(const Pipeline &pipeline) {
    if (pipeline != m_pipeline)
        m_undo.push(
            new ReplaceCommand(*this, pipeline, tr("use %1").arg(QString::fromStdString(pipeline.name))));
}

void PipelineDocument::recover(const Pipeline &pipeline, const std::filesystem::path &file,
                               const Pipeline &saved) {
    m_undo.push(new ReplaceCommand(*this, pipeline,
                                   tr("recover %1").arg(QString::fromStdString(pipeline.name)),
                                   {.file = file, .saved = saved}));
}

void PipelineDocument::load(const std::filesystem::path &file) {
    restart(readPipeline(file), file);
}

void PipelineDocument::loadPreset(const PipelinePreset &preset) {
    restart(preset.pipeline, {});
}

void PipelineDocument::save(const std::filesystem::path &file) {
    writePipeline(m_pipeline, file);
    m_undo.setClean();
    Origin origin{.file = file, .saved = m_pipeline};
    exchangeOrigin(origin);
    announceModified();
}

bool PipelineDocument::hasStep(int row) const {
    return row >= 0 && row < int(m_pipeline.steps.size());
}

QString PipelineDocument::titleOf(const QString &operation) const {
    const OperationType *type = findOperationType(operation.toStdString());
    return type ? QString::fromStdString(type->title).toLower() : operation;
}

QString PipelineDocument::stepTitle(int row) const {
    return titleOf(QString::fromStdString(m_pipeline.steps[std::size_t(row)].operation));
}

void PipelineDocument::restart(const Pipeline &pipeline, const std::filesystem::path &file) {
    m_origin = {.file = file, .saved = pipeline};
    m_undo.clear();
    assign(pipeline, true);
    Q_EMIT fileChanged();
}

void PipelineDocument::assign(const Pipeline &pipeline, bool structure) {
    m_pipeline = pipeline;
    Q_EMIT changed(structure);
    announceModified();
}

void PipelineDocument::exchangeOrigin(Origin &origin) {
    std::swap(m_origin, origin);
    if (m_origin.file != origin.file)
        Q_EMIT fileChanged();
}

void PipelineDocument::announceModified() {
    if (std::exchange(m_wasModified, isModified()) != isModified())
        Q_EMIT modifiedChanged(isModified());
}

} // namespace simclr::ui
