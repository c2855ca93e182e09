// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facts/splits_box.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QVBoxLayout>
#include <array>

namespace simclr::ui {

namespace {

/// The training options that splits depend on.
constexpr std::array optionIds{"validation_fraction", "test_fraction", "train_images", "learn_from_labelled"};

Schema splitSchema() {
    Schema schema;
    for (const char *id : optionIds)
        if (const Parameter *parameter = find(trainOptionsDescription().schema(), id)) {
            schema.push_back(*parameter);
            schema.back().section = Section::None;
        }
    return schema;
}

QString originText(const Dataset &dataset) {
    if (!dataset.isLabelled())
        return SplitsBox::tr("Without labels nothing is evaluated: all images are for training, except "
                             "those that the source reserves for testing.");
    return dataset.report().hasTestSplit
               ? SplitsBox::tr("The source says which images are for testing. Validation images are held "
                               "out of the others, the same fraction of each class.")
               : SplitsBox::tr("Test and validation images are held out, the same fraction of each class. "
                               "They are the same in every run.");
}

QString countsText(const Splits &splits) {
    const QString evaluated = SplitsBox::tr("%1 training · %2 validation · %3 test")
                                  .arg(countText(splits.train.size()), countText(splits.validation.size()),
                                       countText(splits.test.size()));
    return splits.learnsFromOthers() ? SplitsBox::tr("%1 images are learned from\nLabelled: %2")
                                           .arg(countText(splits.learn.size()), evaluated)
                                     : evaluated;
}

} // namespace

SplitsBox::SplitsBox(const DataStudy &study, QWidget *parent)
    : QWidget(parent),
      m_study(study),
      m_counts(plainLabel()),
      m_origin(mutedLabel()),
      m_notes(plainLabel()),
      m_form(new ParameterForm(splitSchema(), this)) {
    build();
    connect(m_form, &ParameterForm::valueEdited, this, &SplitsBox::optionEdited);
    connect(&study, &DataStudy::splitsChanged, this, &SplitsBox::showSplits);
    showSplits();
}

void SplitsBox::build() {
    m_counts->setObjectName(QStringLiteral("splitCounts"));
    m_origin->setObjectName(QStringLiteral("splitOrigin"));
    m_notes->setObjectName(QStringLiteral("splitNotes"));
    m_form->setObjectName(QStringLiteral("splitOptions"));
    for (QLabel *label : {m_counts, m_origin, m_notes})
        label->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(headingLabel(tr("Splits of the next run")));
    layout->addWidget(m_counts);
    layout->addWidget(m_origin);
    layout->addWidget(m_form);
    layout->addWidget(m_notes);
}

void SplitsBox::setOptions(const TrainOptions &options) {
    m_form->setValues(trainOptionsDescription().read(options));
}

void SplitsBox::showSplits() {
    const StudiedSplitsPtr studied = m_study.splits();
    m_counts->setVisible(studied != nullptr);
    m_origin->setVisible(m_study.dataset() != nullptr);
    m_notes->setVisible(studied && !studied->splits.notes.empty());
    if (m_study.dataset())
        m_origin->setText(originText(*m_study.dataset()));
    if (!studied)
        return;
    const Splits &splits = studied->splits;
    m_counts->setText(countsText(splits));
    QStringList notes;
    for (const Message &note : splits.notes)
        notes.append(coreText(note));
    m_notes->setText(notes.join(QChar('\n')));
}

} // namespace simclr::ui
