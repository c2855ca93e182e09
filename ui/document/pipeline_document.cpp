// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/pipeline_document.h"

#include "core/augment/operation.h"
#include "core/util/error.h"
#include "ui/widgets/core_text.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

/// Switches the document between two pipelines. Commands with the same merge key become one step, so that a
/// slider drag is undone as a whole; a step without a net change removes itself.
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

/// Changes the file along with the pipeline. Each side of the step keeps its own file state, because the
/// document may be saved in between.
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

namespace {

QString titleOf(const std::string &operation) {
    const OperationType *type = findOperationType(operation);
    return type ? coreText(type->title).toLower() : QString::fromStdString(operation);
}

/// "colour jitter", or "3 steps".
QString titleOf(const Pipeline &pipeline, const std::vector<StepPath> &paths) {
    if (paths.size() == 1)
        return titleOf(stepAt(pipeline, paths.front())->operation);
    return PipelineDocument::tr("%n steps", nullptr, int(paths.size()));
}

QString keyOf(const StepPath &path, const QString &what) {
    QString key = QString::number(path.branch);
    for (const int index : path.indices)
        key += QStringLiteral("/%1").arg(index);
    return key + QChar('/') + what;
}

} // namespace

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

void PipelineDocument::push(Pipeline after, bool structure, const QString &text, const QString &mergeKey) {
    if (after != m_pipeline)
        m_undo.push(new PipelineCommand(*this, std::move(after), structure, text, mergeKey));
}

void PipelineDocument::insertStep(const StepPath &at, const QString &operation) {
    Pipeline after = m_pipeline;
    simclr::insertSteps(after, at, {makeStep(operation.toStdString())});
    push(std::move(after), true, tr("add %1").arg(titleOf(operation.toStdString())));
}

void PipelineDocument::insertSteps(const StepPath &at, const std::vector<PipelineStep> &steps) {
    Pipeline after = m_pipeline;
    simclr::insertSteps(after, at, steps);
    push(std::move(after), true,
         steps.size() == 1 ? tr("paste %1").arg(titleOf(steps.front().operation))
                           : tr("paste %n steps", nullptr, int(steps.size())));
}

std::vector<StepPath> PipelineDocument::duplicateSteps(const std::vector<StepPath> &paths) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    Pipeline after = m_pipeline;
    const std::vector<StepPath> copies = simclr::duplicateSteps(after, chosen);
    if (!copies.empty())
        push(std::move(after), true, tr("duplicate %1").arg(titleOf(m_pipeline, chosen)));
    return copies;
}

void PipelineDocument::removeSteps(const std::vector<StepPath> &paths) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    if (chosen.empty())
        return;
    Pipeline after = m_pipeline;
    simclr::removeSteps(after, chosen);
    push(std::move(after), true, tr("remove %1").arg(titleOf(m_pipeline, chosen)));
}

std::optional<StepPath> PipelineDocument::moveSteps(const std::vector<StepPath> &paths, const StepPath &to) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    Pipeline after = m_pipeline;
    const std::optional<StepPath> at = simclr::moveSteps(after, chosen, to);
    if (at)
        push(std::move(after), true, tr("move %1").arg(titleOf(m_pipeline, chosen)));
    return at;
}

std::optional<StepPath> PipelineDocument::combineSteps(const std::vector<StepPath> &paths,
                                                       const QString &combination) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    if (chosen.empty())
        return std::nullopt;
    PipelineStep step = makeStep(combination.toStdString());
    step.steps = stepsAt(m_pipeline, chosen);
    Pipeline after = m_pipeline;
    simclr::removeSteps(after, chosen);
    simclr::insertSteps(after, chosen.front(), {std::move(step)}); // no step before the first one has moved
    push(std::move(after), true,
         tr("put %1 into %2").arg(titleOf(m_pipeline, chosen), titleOf(combination.toStdString())));
    return chosen.front();
}

void PipelineDocument::dissolveStep(const StepPath &path) {
    const PipelineStep *step = stepAt(m_pipeline, path);
    if (step == nullptr || step->steps.empty())
        return;
    Pipeline after = m_pipeline;
    simclr::removeSteps(after, {path});
    simclr::insertSteps(after, path, step->steps);
    push(std::move(after), true, tr("dissolve %1").arg(titleOf(step->operation)));
}

void PipelineDocument::setStepsEnabled(const std::vector<StepPath> &paths, bool enabled) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    if (chosen.empty())
        return;
    Pipeline after = m_pipeline;
    for (const StepPath &path : chosen)
        stepAt(after, path)->enabled = enabled;
    const QString text = enabled ? tr("switch on %1") : tr("switch off %1");
    push(std::move(after), false, text.arg(titleOf(m_pipeline, chosen)));
}

void PipelineDocument::setStepProbability(const StepPath &path, double probability) {
    Pipeline after = m_pipeline;
    PipelineStep *step = stepAt(after, path);
    if (step == nullptr || !step->isKnown())
        return;
    step->probability = std::clamp(probability, 0.0, 1.0);
    const QString title = titleOf(step->operation);
    push(std::move(after), false, tr("probability of %1").arg(title),
         keyOf(path, QStringLiteral("probability")));
}

void PipelineDocument::setParameter(const StepPath &path, const QString &id, const Value &value) {
    Pipeline after = m_pipeline;
    PipelineStep *step = stepAt(after, path);
    if (step == nullptr || !step->isKnown())
        return;
    const OperationType *type = findOperationType(step->operation);
    const Parameter *parameter = type ? find(type->schema, id.toStdString()) : nullptr;
    if (!parameter)
        throw InvalidInput(step->operation + " has no parameter \"" + id.toStdString() + "\"");
    checkValue(*parameter, value, type->title);
    step->parameters[parameter->id] = value;
    const QString what = coreText(parameter->title).toLower();
    const QString text = tr("%1 of %2").arg(what, titleOf(step->operation));
    push(std::move(after), false, text, keyOf(path, QStringLiteral("parameter/") + id));
}

void PipelineDocument::resetSteps(const std::vector<StepPath> &paths) {
    const std::vector<StepPath> chosen = outermost(m_pipeline, paths);
    Pipeline after = m_pipeline;
    for (const StepPath &path : chosen) {
        PipelineStep &step = *stepAt(after, path);
        if (!step.isKnown())
            continue;
        const PipelineStep initial = makeStep(step.operation);
        step.probability = initial.probability;
        step.parameters = initial.parameters;
    }
    if (!chosen.empty())
        push(std::move(after), false, tr("reset %1").arg(titleOf(m_pipeline, chosen)));
}

void PipelineDocument::splitBranches() {
    if (m_pipeline.secondSteps)
        return;
    Pipeline after = m_pipeline;
    after.secondSteps = after.steps;
    push(std::move(after), true, tr("separate the two views"));
}

void PipelineDocument::dropSecondBranch() {
    Pipeline after = m_pipeline;
    after.secondSteps.reset();
    push(std::move(after), true, tr("use the first view's steps for both"));
}

void PipelineDocument::copyBranch(int from) {
    if (!m_pipeline.secondSteps)
        return;
    Pipeline after = m_pipeline;
    if (from == 0)
        after.secondSteps = after.steps;
    else
        after.steps = *after.secondSteps;
    push(std::move(after), true, from == 0 ? tr("copy view 1 to view 2") : tr("copy view 2 to view 1"));
}

void PipelineDocument::rename(const QString &name) {
    Pipeline after = m_pipeline;
    after.name = name.toStdString();
    push(std::move(after), false, tr("rename"), QStringLiteral("name"));
}

void PipelineDocument::change(const Pipeline &after, const QString &text) {
    push(after, true, text);
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
    start(preset.pipeline);
}

void PipelineDocument::start(const Pipeline &pipeline) {
    restart(pipeline, {});
}

void PipelineDocument::save(const std::filesystem::path &file) {
    writePipeline(m_pipeline, file);
    m_undo.setClean();
    Origin origin{.file = file, .saved = m_pipeline};
    exchangeOrigin(origin);
    announceModified();
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
