// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/message.h"

#include <array>

namespace simclr {

/// Notes on a dataset and its splits, one sentence each, without the full stop, and their parts.
inline constexpr std::array datasetTexts{
    // What is left out
    MessageText{"left_out_below", "%Ln images below \"%1\" are left out", "1 image below \"%1\" is left out"},
    MessageText{"left_out_below_classes", "%Ln images below \"%1\" of the classes are left out",
                "1 image below \"%1\" of the classes is left out"},
    MessageText{"left_out_beside", "%Ln images beside \"%1\" are left out",
                "1 image beside \"%1\" is left out"},
    MessageText{"left_out_beside_classes", "%Ln images beside the folders of classes are left out",
                "1 image beside the folders of classes is left out"},
    MessageText{"left_out_unknown_classes",
                "%Ln images below \"%1\" are left out, because training has no such class: %2",
                "1 image below \"%1\" is left out, because training has no such class: %2"},
    MessageText{"no_known_class", "no known class (%1)"},
    MessageText{"similar_class", "\"%1\" (%2; differs only in case from \"%3\" of training)"},
    MessageText{"unread", "%Ln files look like images and are not read: %1",
                "1 file looks like an image and is not read: %1"},
    MessageText{"unread_extension", "%1 with %2"},
    MessageText{"unread_content", "%1 with %2 (%3)"},
    MessageText{"unread_no_extension", "%1 with no extension (%2)"},
    MessageText{"system_files", "%Ln images are left out as thumbnails or copies made by a system: %1",
                "1 image is left out as thumbnails or copies made by a system: %1"},
    MessageText{"system_files_at_least",
                "At least %Ln images are left out as thumbnails or copies made by a system: %1",
                "At least 1 image is left out as thumbnails or copies made by a system: %1"},
    MessageText{"hidden_files", "hidden files"},
    MessageText{"links_to_parents",
                "%Ln links lead to a parent folder or again to the same folder and are not followed",
                "1 link leads to a parent folder or again to the same folder and is not followed"},
    MessageText{"doubles", "%Ln images are left out: links lead to the same files, %1",
                "1 image is left out: a link leads to the same file, %1"},
    MessageText{"same_image", "%1 is %2"},
    MessageText{
        "unsafe_members",
        "%Ln members of the archive are left out, because their names lead out of it or into over 64 "
        "folders: %1",
        "1 member of the archive is left out, because its name leads out of it or into over 64 folders: %1"},
    MessageText{"replaced_members",
                "%Ln members of the archive are left out, because a later one has the same name",
                "1 member of the archive is left out, because a later one has the same name"},
    MessageText{"left_out_shards", "%Ln images in shards of other parts are left out",
                "1 image in a shard of another part is left out"},
    MessageText{"further_images", "%Ln images are left out, because their sample has another image",
                "1 image is left out, because its sample has another image"},
    MessageText{"captions", "The texts beside the images describe them and are not used as classes"},
    MessageText{"unused_test_labels",
                "The labels of %Ln test images are not used, because training has fewer than two classes",
                "The label of 1 test image is not used, because training has fewer than two classes"},
    MessageText{"archive_links", "%Ln links in the archive are not followed",
                "1 link in the archive is not followed"},

    // Classes
    MessageText{"name_and_count", "\"%1\" (%2)"},
    MessageText{"emptied_folders", "No image can be read in the folders %1, so that they are not classes",
                "No image can be read in the folder %1, so that it is not a class"},
    MessageText{"emptied_class", "No image of the class \"%1\" can be read"},
    MessageText{"untested_classes", "There are no test images of the classes %1",
                "There are no test images of the class %1"},
    MessageText{"equal_but_for_case", "The names of the classes %1 differ only in case"},
    MessageText{"two_names", "\"%1\" and \"%2\""},

    // The meaning of folders
    MessageText{"unlikely_classes", "By its name %1 may not be a class, but is used as one"},
    MessageText{"parts_as_classes", "By their names the folders may be parts of one set of images, but they "
                                    "are used as classes"},
    MessageText{"split_in_some_classes", "\"%1\" looks like a split, but not every class has such folders; "
                                         "its images are used like all others of the class"},
    MessageText{"unclear_splits", "%1 look like splits, but %2; %3. Usual names are train, test and val",
                "%1 looks like a split, but %2; %3. Usual names are train, test and val"},
    MessageText{"several_for_training", "several of them could contain training images"},
    MessageText{"none_for_training", "none of them is recognised as training images"},
    MessageText{"none_for_testing", "none of them is recognised as test images"},
    MessageText{"used_unlabelled", "all images are used for training, without labels"},
    MessageText{"used_as_classes", "each is used as a class"},

    // Images
    MessageText{"depth",
                "%Ln images have 16 bits per channel and are read as %1 bits, by the largest value in the "
                "dataset; the upper 8 bits are used",
                "1 image has 16 bits per channel and is read as %1 bits, by the largest value in the "
                "dataset; the upper 8 bits are used"},
    MessageText{"depth_of_some",
                "%Ln images have 16 bits per channel and are read as %1 bits, by the largest value in %2 of "
                "them; the upper 8 bits are used",
                "1 image has 16 bits per channel and is read as %1 bits, by the largest value in %2 of "
                "them; the upper 8 bits are used"},
    MessageText{"shared_with_validation", "%Ln validation images are also training images: %1",
                "1 validation image is also a training image: %1"},
    MessageText{"shared_with_test", "%Ln test images are also training images: %1",
                "1 test image is also a training image: %1"},
    MessageText{"learned_from_validation", "%Ln validation images are also among the images learned from: %1",
                "1 validation image is also among the images learned from: %1"},
    MessageText{"learned_from_test", "%Ln test images are also among the images learned from: %1",
                "1 test image is also among the images learned from: %1"},
    MessageText{"and_others", "%1, …"},

    // Arrays
    MessageText{
        "validation_part",
        "%Ln images of the source's validation part are used like training images; the validation split "
        "is chosen from both",
        "1 image of the source's validation part is used like training images; the validation split is "
        "chosen from both"},
    MessageText{"several_labels",
                "The labels \"%1\" have %2 columns and are not used: an image has one class"},

    // Tables of images
    MessageText{"validation_as_test",
                "%Ln images of the validation split are used for testing, because there is no test split",
                "1 image of the validation split is used for testing, because there is no test split"},
    MessageText{"rows_without_file", "%Ln rows of the table name an image that does not exist",
                "1 row of the table names an image that does not exist"},
    MessageText{"contradicted_images",
                "%Ln images are left out, because rows disagree on their label or split",
                "1 image is left out, because rows disagree on its label or split"},
    MessageText{"repeated_rows", "%Ln rows of the table name an image again",
                "1 row of the table names an image again"},
    MessageText{"short_rows",
                "%Ln rows of the table have fewer cells than its header; the missing ones are empty",
                "1 row of the table has fewer cells than its header; the missing ones are empty"},
    MessageText{"images_not_in_table", "%Ln images in the same folders are not in the table and are left out",
                "1 image in the same folders is not in the table and is left out"},
    MessageText{"unlabelled_tests", "%Ln test images are left out, because they have no label",
                "1 test image is left out, because it has no label"},
    MessageText{"tests_of_unknown_classes",
                "%Ln test images are left out, because training has no such class: %1",
                "1 test image is left out, because training has no such class: %1"},
    MessageText{"many_labels", "The column %1 has %2 different labels for %3 images and may not be a class"},
    // Two sources
    MessageText{"of_images", "Images \"%1\": %2"},
    MessageText{"of_labelled", "Labelled images \"%1\": %2"},
    MessageText{"labelled_without_labels", "The images of \"%1\" have no labels or only one class, so that "
                                           "nothing can be evaluated on them"},
    // Selections
    MessageText{"left_out_by_selection", "%Ln images are left out by the selection \"%1\"",
                "1 image is left out by the selection \"%1\""},
    MessageText{"missing_of_selection",
                "%Ln images of the selection \"%1\" are not available or have changed",
                "1 image of the selection \"%1\" is not available or has changed"},
    MessageText{"changed_since_selection",
                "The images have changed since the selection \"%1\" was made; all of its images were found"},

    // Splits
    MessageText{"too_few_for_validation",
                "Too few images for the validation split in the classes %1, which have none there",
                "Too few images for the validation split in the class %1, which has none there"},
    MessageText{"too_few_for_test",
                "Too few images for the test split in the classes %1, which have none there",
                "Too few images for the test split in the class %1, which has none there"},
    MessageText{"untrained_classes",
                "There are no training images of the classes %1, so that they are never predicted",
                "There are no training images of the class %1, so that it is never predicted"},
    MessageText{"unused_test_images",
                "%Ln images without labels are reserved for testing by their source: they are not used",
                "1 image without a label is reserved for testing by its source: it is not used"},
};
inline constexpr MessagesOf<datasetTexts> datasetMessage;

} // namespace simclr
