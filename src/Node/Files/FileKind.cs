namespace NuCypher.P2P.Node.Files;

/// <summary>What kinds of things stand at paths.</summary>
internal enum FileKind
{
    /// <summary>A file whose bytes stay.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe with a name: who opens it waits for the other side.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device, or what the system calls otherwise.</summary>
    Device,
}
