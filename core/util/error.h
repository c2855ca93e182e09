// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace simclr {

/// Base of everything core throws. what() is one clear sentence for a person, naming the thing and the cause.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What the person asked for makes no sense or cannot be read: options, pipelines, datasets, images.
class InvalidInput : public Error {
  public:
    using Error::Error;
};

/// The images are not those that a run began with.
class ImagesChanged : public InvalidInput {
  public:
    using InvalidInput::InvalidInput;
};

/// A file or folder cannot be read or written.
class IoError : public Error {
  public:
    using Error::Error;
};

/// A signal ended a wait for something that may never come.
class Interrupted : public IoError {
  public:
    using IoError::IoError;
};

/// The run database is damaged, of another kind, newer, locked or full.
class StorageError : public Error {
  public:
    using Error::Error;
};

/// Another program has the run database for itself, which may end.
class DatabaseLocked : public StorageError {
  public:
    using StorageError::StorageError;
};

/// The compute device is missing, out of memory or failed.
class DeviceError : public Error {
  public:
    using Error::Error;
};

/// A computation failed though nothing was wrong with what was asked for: memory ran out, a loss was not
/// finite.
class ComputationError : public Error {
  public:
    using Error::Error;
};

} // namespace simclr
