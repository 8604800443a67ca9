using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NuCypher.P2P.Tidy.Tests;

/// <summary>
/// Which folder of a project names which other, as the compiler saw it: by base types, members, signatures and code.
/// </summary>
internal sealed class FolderGraph
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly IReadOnlyDictionary<string, string> _folders;
    private readonly Dictionary<string, SortedSet<string>> _edges = [];
    private readonly Dictionary<(string, string), string> _reasons = [];

    private FolderGraph(PEReader image, IReadOnlyDictionary<string, string> folders) =>
        (_image, _metadata, _folders) = (image, image.GetMetadataReader(), folders);

    /// <summary>Reads an assembly.</summary>
    /// <param name="assembly">Its file.</param>
    /// <param name="folders">The folder of each type of the project.</param>
    /// <returns>Circles, each as <c>A → B (Type → Type) → A</c>; none in a tidy project.</returns>
    public static IReadOnlyList<string> CirclesOf(string assembly, IReadOnlyDictionary<string, string> folders)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var graph = new FolderGraph(image, folders);
        foreach (var type in graph._metadata.TypeDefinitions)
            graph.Read(type);
        return graph.Circles();
    }

    private void Read(TypeDefinitionHandle handle)
    {
        if (OuterOf(handle) is not { } from)
            return;
        var type = _metadata.GetTypeDefinition(handle);
        Note(from, type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            Note(from, _metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var field in type.GetFields())
            _metadata.GetFieldDefinition(field).DecodeSignature(new SignatureTypes(this, from), null);
        foreach (var method in type.GetMethods())
            Read(from, _metadata.GetMethodDefinition(method));
    }

    private void Read(string from, MethodDefinition method)
    {
        method.DecodeSignature(new SignatureTypes(this, from), null);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(
                new SignatureTypes(this, from), null);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
            ReadInstruction(from, ref code);
    }

    private void ReadInstruction(string from, ref BlobReader code)
    {
        int value = code.ReadByte();
        if (value == 0xFE)
            value = 0xFE00 | code.ReadByte();
        switch (Operands[value])
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                NoteToken(from, MetadataTokens.EntityHandle(code.ReadInt32()));
                break;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32();
                code.Offset += targets * 4;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                code.Offset += 8;
                break;
            case OperandType.InlineVar:
                code.Offset += 2;
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.Offset += 1;
                break;
            case OperandType.InlineNone:
                break;
            default:
                code.Offset += 4;
                break;
        }
    }

    private void NoteToken(string from, EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeSpecification:
                Note(from, token);
                break;
            case HandleKind.FieldDefinition:
                Note(from, _metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Note(from, _metadata.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Note(from, _metadata.GetMemberReference((MemberReferenceHandle)token).Parent);
                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                specification.DecodeSignature(new SignatureTypes(this, from), null);
                NoteToken(from, specification.Method);
                break;
        }
    }

    internal void Note(string from, EntityHandle type)
    {
        if (type.IsNil)
            return;
        if (type.Kind == HandleKind.TypeSpecification)
            _metadata.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(
                new SignatureTypes(this, from), null);
        else if (type.Kind == HandleKind.TypeDefinition && OuterOf((TypeDefinitionHandle)type) is { } to)
            Connect(from, to);
    }

    private void Connect(string from, string to)
    {
        var (source, target) = (_folders[from], _folders[to]);
        if (source == target)
            return;
        if (!_edges.TryGetValue(source, out var targets))
            _edges[source] = targets = [];
        targets.Add(target);
        _reasons.TryAdd((source, target), $"{from} → {to}");
    }

    /// <summary>
    /// The name of a type, or of the one that it stands in; null for what the compiler made by itself.
    /// </summary>
    private string? OuterOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
            type = _metadata.GetTypeDefinition(outer);
        var name = _metadata.GetString(type.Name).Split('`')[0];
        return _folders.ContainsKey(name) ? name : null;
    }

    private List<string> Circles() =>
    [
        .. _edges.Keys.Order(StringComparer.Ordinal)
            .SelectMany(from => _edges[from].Select(to => (from, to)))
            .Where(edge => string.CompareOrdinal(edge.from, edge.to) < 0 && Reaches(edge.to, edge.from))
            .Select(
                edge => $"{Name(edge.from)} → {Name(edge.to)} ({_reasons[edge]}), and back: {Way(edge.to, edge.from)}"),
    ];

    private bool Reaches(string from, string to) => Path(from, to) is not null;

    private string Way(string from, string to) =>
        string.Join(", ", Path(from, to)!.Zip(Path(from, to)!.Skip(1)).Select(step => _reasons[step]));

    private List<string>? Path(string from, string to)
    {
        var before = new Dictionary<string, string>();
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var at) && at != to)
        {
            foreach (var further in _edges.GetValueOrDefault(at, []).Where(
                folder => folder != from && before.TryAdd(folder, at)))
                next.Enqueue(further);
        }

        if (!before.ContainsKey(to))
            return null;
        List<string> path = [to];
        while (path[0] != from)
            path.Insert(0, before[path[0]]);
        return path;
    }

    private static string Name(string folder) => folder.Length > 0 ? folder : "the root";
}
