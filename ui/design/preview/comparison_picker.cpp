// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/preview/comparison_picker.h"

#include "ui/document/pipeline_document.h"
#include "ui/text/paths.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/wheel_guard.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

namespace simclr::ui {

QString nameOf(const Pipeline &pipeline) {
    return pipeline.name.empty() ? ComparisonPicker::tr("a pipeline without a name")
                                 : QString::fromStdString(pipeline.name);
}

ComparisonPicker::ComparisonPicker(PipelineDocument &document, QWidget *parent)
    : QComboBox(parent), m_document(document) {
    setObjectName(QStringLiteral("comparedPipeline"));
    setAccessibleName(tr("Reference pipeline"));
    setToolTip(tr("Reference pipeline, on the same images and random numbers"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20);
    WheelGuard::install(this);
    addItem(tr("As opened or saved"));
    for (const PipelinePreset &preset : pipelinePresets()) {
        addItem(nameOf(preset.pipeline));
        m_choices.push_back({preset.pipeline, tr("preset")});
    }
    addItem(tr("A file…"));
    connect(this, &QComboBox::activated, this, &ComparisonPicker::choose);
    connect(&document, &PipelineDocument::modifiedChanged, this, [this] {
        if (m_current == 0) // e.g. saved
            Q_EMIT changed();
    });
}

Pipeline ComparisonPicker::pipeline() const {
    return m_current == 0 ? m_document.saved() : m_choices[std::size_t(m_current - 1)].pipeline;
}

QString ComparisonPicker::title(const QString &other) const {
    if (m_current == 0)
        return tr("%1, as opened or saved").arg(nameOf(m_document.saved()));
    const Choice &choice = m_choices[std::size_t(m_current - 1)];
    const QString name = nameOf(choice.pipeline);
    return name == other ? tr("%1, %2", "a pipeline's name, and its kind or file").arg(name, choice.kind)
                         : name;
}

void ComparisonPicker::choose(int index) {
    if (index < count() - 1) {
        m_current = index;
        Q_EMIT changed();
        return;
    }
    setCurrentIndex(m_current); // until a file is selected
    QFileDialog *dialog =
        newFileDialog(window(), QStringLiteral("comparedFileDialog"), tr("Compare with a pipeline"),
                      tr("Pipelines (*.json);;All files (*)"), FolderFor::Pipelines);
    connect(dialog, &QFileDialog::fileSelected, this, &ComparisonPicker::openFile);
    dialog->open();
}

void ComparisonPicker::openFile(const QString &file) {
    try {
        m_choices.push_back({readPipeline(toPath(file)), QFileInfo(file).fileName()});
    } catch (const std::exception &error) {
        Q_EMIT failed(sentenceText(error));
        return;
    }
    m_current = count() - 1;
    const Choice &chosen = m_choices.back();
    insertItem(m_current, QStringLiteral("%1 (%2)").arg(nameOf(chosen.pipeline), chosen.kind));
    setCurrentIndex(m_current);
    Q_EMIT changed();
}

} // namespace simclr::ui
